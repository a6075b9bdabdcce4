using System.Buffers;
using System.Net;
using System.Text;

namespace Reflexion.Environments;

/// <summary>What MediaWiki takes for a title.</summary>
internal static class PageTitle
{
    // Longer queries are refused by Wikipedia's search.
    private const int LongestQuery = 300;
    private const int LongestTitleBytes = 255;

    private static readonly SearchValues<char> Impossible = SearchValues.Create("#<>[]{}|");

    /// <summary>A title as it is sent: one line, single spaces, no entities or lone surrogates, not longer than can be searched for.</summary>
    internal static string Clean(string title)
    {
        string decoded = WebUtility.HtmlDecode(title);
        string[] words = string.Concat(decoded.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()))
            .Split((char[])[' ', '_', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        string name = string.Join(' ', words).Trim();
        return name.Length <= LongestQuery ? name : name[..(char.IsHighSurrogate(name[LongestQuery - 1]) ? LongestQuery - 1 : LongestQuery)];
    }

    /// <summary>Whether a page can have a title; what cannot is only searched for.</summary>
    internal static bool IsPossible(string name) => !name.AsSpan().ContainsAny(Impossible) && Encoding.UTF8.GetByteCount(name) <= LongestTitleBytes;
}
