using System.Buffers;

namespace Reflexion.Environments;

/// <summary>Splits a paragraph into sentences by rules: a mark that ends one, white space, and something a sentence can start with.</summary>
internal static class SentenceSplitter
{
    private const string Closers = "\"'”’»)]";

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?。！？");

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "approx", "b", "c", "ca", "capt", "cf", "col", "d", "dr", "est", "fig", "fl", "gen", "gov", "hon", "jr", "lt", "maj", "mr", "mrs", "ms", "mt",
        "nos", "op", "pp", "prof", "r", "rep", "rev", "sen", "sgt", "sr", "st", "ste", "vol", "vs",
    };

    /// <summary>The sentences of a paragraph, trimmed. Nothing but white space is lost.</summary>
    internal static IEnumerable<string> Split(string paragraph)
    {
        int start = 0;
        for (int at = 0; at < paragraph.Length; at++)
        {
            int end = EndAt(paragraph, start, at);
            if (end > 0)
            {
                yield return paragraph[start..end].Trim();
                (start, at) = (end, end - 1);
            }
        }

        if (!paragraph.AsSpan(start).IsWhiteSpace())
        {
            yield return paragraph[start..].Trim();
        }
    }

    /// <summary>Where the sentence ends whose last mark is at a place, exclusive; 0 where none ends there.</summary>
    private static int EndAt(string text, int start, int at)
    {
        if (!Ends.Contains(text[at]))
        {
            return 0;
        }

        int end = at + 1;
        while (end < text.Length && (Ends.Contains(text[end]) || Closers.Contains(text[end])))
        {
            end++;
        }

        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        bool isFollowed = next < text.Length && !char.IsLower(text[next]) && (next > end || text[at] > '?');
        return isFollowed && !(text[at] == '.' && IsAbbreviation(text.AsSpan(start, at - start))) ? end : 0;
    }

    /// <summary>Whether the full stop after a text belongs to its last word: <c>Dr</c>, <c>U.S</c>, the initial <c>J</c>.</summary>
    private static bool IsAbbreviation(ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> word = before[(before.LastIndexOfAny(' ', '(', '\u00A0') + 1)..];
        bool isInitial = word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I';
        bool hasStops = word.Length == 3 && word[1] == '.' && char.IsLetter(word[0]) && char.IsLetter(word[2]);
        return isInitial || hasStops || Abbreviations.Contains(word.ToString());
    }
}
