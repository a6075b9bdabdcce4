using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Refuses descriptions of tokenizers that contradict themselves.</summary>
internal static class SpecCheck
{
    /// <summary>The description, with what it leaves out filled in.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    internal static TokenizerSpec Checked(TokenizerSpec spec)
    {
        int count = spec.Tokens.Length;
        Require(count > 0, "The tokenizer has no tokens.");
        Require(spec.TokenTypes.IsEmpty || spec.TokenTypes.Length == count, $"The tokenizer has {count} tokens and {spec.TokenTypes.Length} token types.");
        Require(spec.Scores.IsEmpty || spec.Scores.Length == count, $"The tokenizer has {count} tokens and {spec.Scores.Length} scores.");
        Require(!spec.Scores.Any(float.IsNaN), "A token's score is not a number.");
        Require(
            spec.Kind == TokenizerKind.ByteLevel || !spec.Scores.IsEmpty || !spec.Merges.IsEmpty,
            "A SentencePiece tokenizer needs the scores of its tokens, or merges.");
        RequireId(spec.BosId, count, "begins a sequence");
        RequireId(spec.EosId, count, "ends a sequence");
        RequireId(spec.EotId, count, "ends a turn");
        RequireId(spec.UnknownId, count, "stands for unknown text");
        RequireId(spec.PadId, count, "fills up batches");
        bool isSentencePiece = spec.Kind == TokenizerKind.SentencePiece;
        return spec with
        {
            TokenTypes = spec.TokenTypes.IsEmpty ? [.. Enumerable.Repeat(TokenType.Normal, count)] : spec.TokenTypes,
            AddBos = spec.AddBos ?? isSentencePiece,
            AddEos = spec.AddEos ?? false,
            AddSpacePrefix = spec.AddSpacePrefix ?? isSentencePiece,
            IgnoreMerges = spec.IgnoreMerges ?? spec.PreTokenizer is "llama-bpe" or "llama3" or "llama-v3",
        };
    }

    private static void RequireId(int? id, int count, string what) =>
        Require(id is null || (uint)id < (uint)count, $"The token that {what} is {id}, and the tokenizer has {count} tokens.");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
