using System.Buffers;
using System.Globalization;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Text as Python sees it: made of code points, with Python's notion of white space and of number formats.</summary>
internal static class PythonText
{
    private static readonly SearchValues<char> BecomeSeveral = SearchValues.Create("ßﬀﬁﬂﬃﬄﬅﬆ");

    /// <summary>str.isspace for one character.</summary>
    internal static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1C' and <= '\x1F';

    /// <summary>Where a text begins when white space in front is left out.</summary>
    internal static int StartAfterSpace(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>Where a text ends when white space behind is left out.</summary>
    internal static int EndWithoutSpace(ReadOnlySpan<char> text)
    {
        int end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>len(): the number of code points.</summary>
    internal static int Length(string text)
    {
        int low = 0;
        foreach (char character in text)
        {
            low += char.IsLowSurrogate(character) ? 1 : 0;
        }

        return text.Length - low;
    }

    /// <summary>Where each code point begins, and the end.</summary>
    internal static int[] Offsets(string text)
    {
        var offsets = new List<int>(text.Length + 1);
        for (int at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            offsets.Add(at);
        }

        offsets.Add(text.Length);
        return [.. offsets];
    }

    /// <summary>Compares by code points, as Python does.</summary>
    internal static int Compare(string one, string other)
    {
        int same = one.AsSpan().CommonPrefixLength(other);
        if (same == one.Length || same == other.Length)
        {
            return one.Length.CompareTo(other.Length);
        }

        // Surrogates stand for characters above all others.
        bool isHigh = char.IsSurrogate(one[same]);
        return isHigh == char.IsSurrogate(other[same]) ? one[same].CompareTo(other[same]) : isHigh ? 1 : -1;
    }

    /// <summary>repr() of a float.</summary>
    internal static string Float(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        string shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        for (int digits = 0; digits < 16; digits++)
        {
            string candidate = number.ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture).Equals(number))
            {
                shortest = candidate;
                break;
            }
        }

        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = shortest[0] == '-' ? "-" : "";
        string mantissa = shortest[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        return sign + (exponent is < -4 or >= 16 ? Scientific(mantissa, exponent) : Plain(mantissa, exponent));
    }

    /// <summary>repr() of a str.</summary>
    internal static string Quote(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                int code when code == quote => $"\\{quote}",
                _ when IsPrintable(rune) => rune.ToString(),
                <= 0xFF => $"\\x{rune.Value:x2}",
                <= 0xFFFF => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        }

        return quoted.Append(quote).ToString();
    }

    /// <summary>str.upper; of the letters that become several, the Latin ones.</summary>
    internal static string Upper(string text)
    {
        string upper = text.ToUpperInvariant();
        return upper.AsSpan().ContainsAny(BecomeSeveral)
            ? new StringBuilder(upper).Replace("ß", "SS").Replace("ﬀ", "FF").Replace("ﬁ", "FI").Replace("ﬂ", "FL")
                .Replace("ﬃ", "FFI").Replace("ﬄ", "FFL").Replace("ﬅ", "ST").Replace("ﬆ", "ST").ToString()
            : upper;
    }

    /// <summary>str.title, or str.capitalize where only the first letter counts.</summary>
    internal static string Title(string text, bool everyWord)
    {
        char[] letters = text.ToCharArray();
        bool begins = true;
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = begins ? char.ToUpperInvariant(letters[i]) : char.ToLowerInvariant(letters[i]);
            begins = everyWord && !char.IsLetter(letters[i]);
        }

        return new string(letters);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Scientific(string digits, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    private static string Plain(string digits, int exponent) => exponent < 0
        ? $"0.{new string('0', -exponent - 1)}{digits}"
        : digits.Length <= exponent + 1 ? $"{digits.PadRight(exponent + 1, '0')}.0" : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
}
