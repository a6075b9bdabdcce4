using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Builds the tables of merges.</summary>
internal static class MergeTables
{
    /// <summary>From a list in order of rank.</summary>
    /// <exception cref="ModelFormatException">A merge is no two tokens that make a third.</exception>
    internal static MergeTable OfRanks(TokenizerSpec spec, Dictionary<string, int> ids)
    {
        var table = new MergeTable(spec.Merges.Length);
        for (int rank = 0; rank < spec.Merges.Length; rank++)
        {
            string merge = spec.Merges[rank];
            int space = merge.IndexOf(' ', 1);
            if (space < 0
                || !ids.TryGetValue(merge[..space], out int left)
                || !ids.TryGetValue(merge[(space + 1)..], out int right)
                || !ids.TryGetValue(merge.Remove(space, 1), out int merged))
            {
                throw new ModelFormatException(spec.Source, $"the merge '{merge}' (number {rank}) is no two tokens that make a third.");
            }

            table.Add(left, right, rank, merged);
        }

        return table;
    }

    /// <summary>From scores: any two symbols that spell a token merge, higher scores first.</summary>
    /// <param name="spec">The tokens with their scores.</param>
    /// <param name="ids">The tokens by text.</param>
    internal static MergeTable OfScores(TokenizerSpec spec, Dictionary<string, int> ids)
    {
        Dictionary<float, int> ranks = spec.Scores.Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var table = new MergeTable(ids.Keys.Sum(text => text.Length));
        foreach ((string text, int merged) in ids)
        {
            for (int cut = 1; cut < text.Length; cut++)
            {
                if (!char.IsLowSurrogate(text[cut])
                    && TrySymbol(lookup, text.AsSpan(0, cut), out int left)
                    && TrySymbol(lookup, text.AsSpan(cut), out int right))
                {
                    table.Add(left, right, ranks[spec.Scores[merged]], merged);
                }
            }
        }

        return table;
    }

    /// <summary>The merges that scores amount to, in order of rank; of two tokens each.</summary>
    internal static ImmutableArray<string> MergesOfScores(TokenizerSpec spec)
    {
        Dictionary<string, int> ids = TokenIds.ByText(spec);
        IEnumerable<(int Merged, int Left, int Right)> merges = ids.SelectMany(token => Enumerable.Range(1, token.Key.Length - 1)
            .Where(cut => ids.ContainsKey(token.Key[..cut]) && ids.ContainsKey(token.Key[cut..]))
            .Select(cut => (token.Value, ids[token.Key[..cut]], ids[token.Key[cut..]])));
        return
        [
            .. merges.OrderByDescending(merge => spec.Scores[merge.Merged])
                .ThenBy(merge => merge.Merged).ThenBy(merge => merge.Left).ThenBy(merge => merge.Right)
                .Select(merge => $"{spec.Tokens[merge.Left]} {spec.Tokens[merge.Right]}"),
        ];
    }

    /// <summary>A character that is no token, as a symbol: below zero, so that it is no token's id.</summary>
    internal static int SymbolOf(Rune character) => ~character.Value;

    private static bool TrySymbol(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids, ReadOnlySpan<char> text, out int symbol)
    {
        if (ids.TryGetValue(text, out symbol))
        {
            return true;
        }

        bool isCharacter = Rune.DecodeFromUtf16(text, out Rune character, out int length) == OperationStatus.Done && length == text.Length;
        symbol = isCharacter ? SymbolOf(character) : 0;
        return isCharacter;
    }
}
