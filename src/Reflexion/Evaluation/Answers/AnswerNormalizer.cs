using System.Globalization;
using System.Text;

namespace Reflexion;

/// <summary>Brings answers into the form in which SQuAD and HotPotQA compare them.</summary>
/// <remarks>The same steps in the same order as the benchmarks' own Python: lower case, ASCII punctuation out, articles out, single spaces.</remarks>
public static class AnswerNormalizer
{
    // What Python's str.split() splits at: .NET's white space and the four ASCII separators.
    private static readonly char[] PythonSpaces =
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(c => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f')];

    /// <summary>Normalises an answer: <c>The "Eiffel" Tower!</c> becomes <c>eiffel tower</c>.</summary>
    /// <param name="text">The answer.</param>
    /// <returns>The normal form; empty where nothing but punctuation, articles and white space was there. Normalising it again changes nothing.</returns>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(' ', WithoutArticles(WithoutPunctuation(Lower(text))).Split(PythonSpaces, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string WithoutPunctuation(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            // Python's string.punctuation is ASCII only: a typographic quotation mark stays.
            if (!char.IsAscii(c) || !(char.IsPunctuation(c) || char.IsSymbol(c)))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static string WithoutArticles(string text)
    {
        var kept = new StringBuilder(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int end = EndOfWord(text, at);
            if (end == at)
            {
                kept.Append(text[at++]);
                continue;
            }

            ReadOnlySpan<char> word = text.AsSpan(at, end - at);
            kept.Append(word is "a" or "an" or "the" ? " " : word);
            at = end;
        }

        return kept.ToString();
    }

    // A word is what Python's \w matches: letters and numbers, but no combining marks.
    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            if (!Rune.IsLetter(rune) && !Rune.IsNumber(rune))
            {
                break;
            }

            at += length;
        }

        return at;
    }

    // Python maps two characters by the full rules of Unicode where .NET keeps to one character for one.
    private static string Lower(string text)
    {
        if (text.Contains('Σ'))
        {
            char[] letters = text.ToCharArray();
            for (int i = 0; i < letters.Length; i++)
            {
                letters[i] = text[i] == 'Σ' && NextCased(text, i, -1) && !NextCased(text, i, 1) ? 'ς' : text[i];
            }

            text = new string(letters);
        }

        return text.Replace("İ", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();
    }

    private static bool NextCased(string text, int from, int step)
    {
        int at = from + step;
        while (at >= 0 && at < text.Length && IsCaseIgnorable(text[at]))
        {
            at += step;
        }

        return at >= 0 && at < text.Length && (char.IsUpper(text[at]) || char.IsLower(text[at]));
    }

    private static bool IsCaseIgnorable(char c) => "'.:^`¨·’".Contains(c) || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter;
}
