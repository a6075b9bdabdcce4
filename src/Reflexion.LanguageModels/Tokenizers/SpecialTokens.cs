using System.Buffers;
using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Finds a vocabulary's special tokens in text: leftmost first, the longest of those that begin together.</summary>
internal sealed class SpecialTokens
{
    private readonly record struct Special(string Text, int Id, bool IsControl);

    private readonly Dictionary<char, Special[]> _byFirst;
    private readonly SearchValues<string> _all;
    private readonly SearchValues<string> _userDefined;

    /// <param name="texts">What tokens look like in text, by id.</param>
    /// <param name="types">By id.</param>
    internal SpecialTokens(IReadOnlyList<string> texts, ImmutableArray<TokenType> types)
    {
        Special[] specials =
        [
            .. Enumerable.Range(0, types.Length)
                .Where(id => types[id] is TokenType.Control or TokenType.UserDefined && texts[id].Length > 0)
                .Select(id => new Special(texts[id], id, types[id] == TokenType.Control))
                .DistinctBy(special => special.Text, StringComparer.Ordinal),
        ];
        _byFirst = specials.GroupBy(special => special.Text[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(special => special.Text.Length).ToArray());
        _all = SearchValues.Create([.. specials.Select(special => special.Text)], StringComparison.Ordinal);
        _userDefined = SearchValues.Create([.. specials.Where(special => !special.IsControl).Select(special => special.Text)], StringComparison.Ordinal);
    }

    /// <summary>Finds the first special token at or after a position.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="trusted">The parts of the text, in order, in which control tokens are read; a token must lie within one of them.</param>
    /// <returns>Where it begins and ends, and its id; or the end of the text and −1.</returns>
    internal (int Start, int End, int Id) Find(ReadOnlySpan<char> text, int from, ReadOnlySpan<(int Start, int End)> trusted)
    {
        SearchValues<string> wanted = trusted.IsEmpty ? _userDefined : _all;
        for (int at = from; at < text.Length; at++)
        {
            int found = text[at..].IndexOfAny(wanted);
            if (found < 0)
            {
                break;
            }

            at += found;
            while (!trusted.IsEmpty && trusted[0].End <= at)
            {
                trusted = trusted[1..];
            }

            int trustedEnd = !trusted.IsEmpty && trusted[0].Start <= at ? trusted[0].End : 0;
            foreach (Special special in _byFirst[text[at]])
            {
                int end = at + special.Text.Length;
                if ((!special.IsControl || end <= trustedEnd) && text[at..].StartsWith(special.Text, StringComparison.Ordinal))
                {
                    return (at, end, special.Id);
                }
            }
        }

        return (text.Length, text.Length, -1);
    }
}
