using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tokenizer that a GGUF file's metadata describes.</summary>
internal static class GgufTokenizer
{
    private const string Prefix = "tokenizer.ggml.";

    /// <summary>Reads it.</summary>
    /// <exception cref="ModelFormatException">There is none, it is of a kind that is not supported, or its parts do not go together.</exception>
    public static TokenizerSpec Read(GgufFile file)
    {
        GgufMetadata metadata = file.Metadata;
        TokenizerKind kind = Kind(file);
        string[] tokens = metadata.GetStrings(Prefix + "tokens")
            ?? throw new ModelFormatException(file.Name, $"the metadata '{Prefix}tokens' is missing. Use a file that holds its vocabulary.");
        return new()
        {
            Kind = kind,
            Tokens = ImmutableArray.Create(tokens),
            TokenTypes = [.. PerToken(file, "token_type", metadata.GetInt32s, tokens.Length).Select(type => (TokenType)type)],
            Scores = [.. PerToken(file, "scores", metadata.GetSingles, tokens.Length)],
            Merges = [.. metadata.GetStrings(Prefix + "merges") ?? []],
            PreTokenizer = metadata.GetString(Prefix + "pre") ?? "default",
            BosId = Id(file, "bos_token_id", tokens.Length),
            EosId = Id(file, "eos_token_id", tokens.Length),
            EotId = Id(file, "eot_token_id", tokens.Length),
            UnknownId = Id(file, "unknown_token_id", tokens.Length),
            PadId = Id(file, "padding_token_id", tokens.Length),
            AddBos = metadata.GetBoolean(Prefix + "add_bos_token"),
            AddEos = metadata.GetBoolean(Prefix + "add_eos_token"),
            AddSpacePrefix = metadata.GetBoolean(Prefix + "add_space_prefix"),
            ChatTemplate = metadata.GetString("tokenizer.chat_template"),
        };
    }

    private static TokenizerKind Kind(GgufFile file) => file.Metadata.RequireString(Prefix + "model") switch
    {
        "gpt2" => TokenizerKind.ByteLevel,
        "llama" => TokenizerKind.SentencePiece,
        string other => throw new ModelFormatException(file.Name, $"the tokenizer model '{other}' is not supported; 'gpt2' and 'llama' are."),
    };

    private static T[] PerToken<T>(GgufFile file, string key, Func<string, T[]?> get, int count)
    {
        T[] values = get(Prefix + key) ?? [];
        return values.Length == 0 || values.Length == count
            ? values
            : throw new ModelFormatException(file.Name, $"the metadata '{Prefix}{key}' has {values.Length} elements for {count} tokens. The file is damaged; download it again.");
    }

    private static int? Id(GgufFile file, string key, int count)
    {
        // Some converters write 2^32 − 1 for a token that the vocabulary does not have.
        if (file.Metadata.Values.TryGetValue(Prefix + key, out object? value) && value is uint.MaxValue)
        {
            return null;
        }

        return file.Metadata.GetInt32(Prefix + key) is not { } id ? null
            : id == -1 ? null
            : id >= 0 && id < count ? id
            : throw new ModelFormatException(file.Name, $"the metadata '{Prefix}{key}' is {id}, but there are {count} tokens. The file is damaged; download it again.");
    }
}
