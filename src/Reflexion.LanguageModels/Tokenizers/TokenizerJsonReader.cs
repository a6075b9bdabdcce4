using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>Reads <c>tokenizer.json</c> of byte-pair encodings: over bytes, or over characters with byte fallback.</summary>
internal sealed class TokenizerJsonReader(string path, JsonElement root)
{
    private readonly JsonElement _model = root.GetProperty("model");

    /// <exception cref="ModelFormatException">It is a tokenizer of another kind.</exception>
    internal TokenizerSpec Read()
    {
        Require(Text(_model, "type") is null or "BPE", $"its model is {Text(_model, "type")}; only BPE is read.");
        Require(string.IsNullOrEmpty(Text(_model, "continuing_subword_prefix")), "it marks the insides of words (continuing_subword_prefix), which is not read.");
        Require(string.IsNullOrEmpty(Text(_model, "end_of_word_suffix")), "it marks the ends of words (end_of_word_suffix), which is not read.");
        bool isSentencePiece = Flag(_model, "byte_fallback");
        Dictionary<int, string> tokens = ReadVocabulary();
        Dictionary<int, TokenType> types = ReadTypes(tokens, isSentencePiece);
        int count = tokens.Keys.DefaultIfEmpty(-1).Max() + 1;
        Require(count <= 2 * tokens.Count + 1024, $"its highest token id is {count - 1}, and it has only {tokens.Count} tokens.");
        (int? bos, bool addsBos) = PostProcessor.BeginToken(Child(root, "post_processor"));
        int unknown = Text(_model, "unk_token") is { } name ? tokens.FirstOrDefault(token => token.Value == name, new(-1, "")).Key : -1;
        return new TokenizerSpec
        {
            Source = path,
            Kind = isSentencePiece ? TokenizerKind.SentencePiece : TokenizerKind.ByteLevel,
            Tokens = [.. Enumerable.Range(0, count).Select(id => tokens.GetValueOrDefault(id, $"[unused {id}]"))],
            TokenTypes = [.. Enumerable.Range(0, count).Select(id => types.GetValueOrDefault(id, tokens.ContainsKey(id) ? TokenType.Normal : TokenType.Unused))],
            Merges = ReadMerges(),
            PreTokenizer = isSentencePiece ? "default" : PreTokenizerJson.NameOf(path, Child(root, "pre_tokenizer")),
            AddSpacePrefix = isSentencePiece && PreTokenizerJson.PutsSpaceFirst(root),
            IgnoreMerges = Flag(_model, "ignore_merges"),
            UnknownId = unknown < 0 ? null : unknown,
            BosId = bos,
            AddBos = addsBos,
            AddEos = false,
        };
    }

    internal static JsonElement? Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null ? child : null;

    internal static string? Text(JsonElement parent, string name) => Child(parent, name)?.GetString();

    internal static bool Flag(JsonElement parent, string name) => Child(parent, name)?.GetBoolean() ?? false;

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ModelFormatException(path, otherwise);
        }
    }

    private Dictionary<int, string> ReadVocabulary()
    {
        var tokens = new Dictionary<int, string>();
        foreach (JsonProperty token in _model.GetProperty("vocab").EnumerateObject())
        {
            Require(tokens.TryAdd(IdOf(token.Value), token.Name), $"two tokens have the id {token.Value}.");
        }

        return tokens;
    }

    private Dictionary<int, TokenType> ReadTypes(Dictionary<int, string> tokens, bool isSentencePiece)
    {
        var types = new Dictionary<int, TokenType>();
        foreach ((int id, string text) in tokens)
        {
            if (isSentencePiece && text is ['<', '0', 'x', _, _, '>'])
            {
                types[id] = TokenType.Byte;
            }
        }

        foreach (JsonElement token in Child(root, "added_tokens")?.EnumerateArray() ?? default)
        {
            int id = IdOf(token.GetProperty("id"));
            string text = token.GetProperty("content").GetString() ?? "";
            Require(
                !Flag(token, "lstrip") && !Flag(token, "rstrip") && !Flag(token, "single_word"),
                $"its token '{text}' takes in the blanks around it or stands for a whole word, which is not read.");
            tokens[id] = text;
            types[id] = !Flag(token, "special") ? TokenType.UserDefined
                : isSentencePiece && text == Text(_model, "unk_token") ? TokenType.Unknown
                : TokenType.Control;
        }

        return types;
    }

    private ImmutableArray<string> ReadMerges() =>
    [
        .. _model.GetProperty("merges").EnumerateArray().Select(merge => merge.ValueKind == JsonValueKind.Array
            ? $"{merge[0].GetString()} {merge[1].GetString()}"
            : merge.GetString() ?? ""),
    ];

    private int IdOf(JsonElement element)
    {
        int id = element.GetInt32();
        Require(id >= 0, $"a token has the id {id}.");
        return id;
    }
}
