using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Refuses descriptions of tokenizers that contradict themselves.</summary>
internal static class SpecCheck
{
    /// <summary>The description, with what it leaves out filled in.</summary>
    /// <exception cref="ModelFormatException">It contradicts itself.</exception>
    internal static TokenizerSpec Checked(TokenizerSpec spec)
    {
        int count = spec.Tokens.Length;
        Require(spec, count > 0, "the tokenizer has no tokens.");
        Require(spec, spec.TokenTypes.IsEmpty || spec.TokenTypes.Length == count, $"the tokenizer has {count} tokens and {spec.TokenTypes.Length} token types.");
        Require(spec, spec.Scores.IsEmpty || spec.Scores.Length == count, $"the tokenizer has {count} tokens and {spec.Scores.Length} scores.");
        Require(spec, !spec.Scores.Any(float.IsNaN), "a token's score is not a number.");
        Require(
            spec,
            spec.Kind == TokenizerKind.ByteLevel || !spec.Scores.IsEmpty || !spec.Merges.IsEmpty,
            "a SentencePiece tokenizer needs the scores of its tokens, or merges.");
        RequireId(spec, spec.BosId, "begins a sequence");
        RequireId(spec, spec.EosId, "ends a sequence");
        RequireId(spec, spec.EotId, "ends a turn");
        RequireId(spec, spec.UnknownId, "stands for unknown text");
        RequireId(spec, spec.PadId, "fills up batches");
        bool isSentencePiece = spec.Kind == TokenizerKind.SentencePiece;
        return spec with
        {
            TokenTypes = spec.TokenTypes.IsEmpty
                ? [.. Enumerable.Repeat(TokenType.Normal, count)]
                : [.. spec.TokenTypes.Select(type => Enum.IsDefined(type) ? type : TokenType.Normal)],
            AddBos = spec.AddBos ?? isSentencePiece,
            AddEos = spec.AddEos ?? false,
            AddSpacePrefix = spec.AddSpacePrefix ?? isSentencePiece,
            IgnoreMerges = spec.IgnoreMerges ?? spec.PreTokenizer is "llama-bpe" or "llama3" or "llama-v3",
        };
    }

    private static void RequireId(TokenizerSpec spec, int? id, string what) =>
        Require(spec, id is null || (uint)id < (uint)spec.Tokens.Length, $"the token that {what} is {id}, and there are {spec.Tokens.Length} tokens.");

    private static void Require(TokenizerSpec spec, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ModelFormatException(spec.Source, otherwise);
        }
    }
}
