using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Makes text well-formed UTF-16.</summary>
internal static class WellFormed
{
    /// <summary>The text itself, or with every lone surrogate replaced by U+FFFD; the length stays.</summary>
    internal static string Utf16(string text)
    {
        int lone = IndexOfLoneSurrogate(text, 0);
        if (lone < 0)
        {
            return text;
        }

        var repaired = new StringBuilder(text);
        for (; lone >= 0; lone = IndexOfLoneSurrogate(text, lone + 1))
        {
            repaired[lone] = '\uFFFD';
        }

        return repaired.ToString();
    }

    private static int IndexOfLoneSurrogate(string text, int from)
    {
        while (true)
        {
            int at = text.AsSpan(from).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }

            from = at + 2;
        }
    }
}
