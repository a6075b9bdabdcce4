using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Goes through the sentences of a page that hold a text, one with each call.</summary>
/// <param name="page">The page.</param>
internal sealed class LookupCursor(DocumentPage page)
{
    private string? _text;
    private ImmutableArray<string> _hits = [];
    private int _next;

    /// <summary>The next sentence that holds a text, whatever its case and diacritics; another text starts from the top of the page.</summary>
    internal string Next(string text)
    {
        string folded = FoldedText.Of(text);
        if (folded != _text)
        {
            (_text, _next) = (folded, 0);
            _hits = [.. page.Sentences.Where(sentence => FoldedText.Of(sentence).Contains(folded, StringComparison.Ordinal))];
        }

        return _next < _hits.Length ? $"(Result {_next + 1} / {_hits.Length}) {_hits[_next++]}"
            : _hits.IsEmpty ? "No results."
            : "No more results.";
    }
}
