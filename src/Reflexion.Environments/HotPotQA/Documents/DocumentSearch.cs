using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>What a search for a title led to: a page, or titles that come close.</summary>
public sealed record DocumentSearch
{
    private DocumentSearch(DocumentPage? page, ImmutableArray<string> similar)
    {
        Page = page;
        Similar = similar;
    }

    /// <summary>The page of that title, or null where there is none.</summary>
    public DocumentPage? Page { get; }

    /// <summary>Titles that come close, the closest first; empty where the page was found.</summary>
    public ImmutableArray<string> Similar { get; }

    /// <summary>The page was found.</summary>
    /// <param name="page">The page.</param>
    public static DocumentSearch Found(DocumentPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page, []);
    }

    /// <summary>There is no page of that title.</summary>
    /// <param name="similar">Titles that come close, the closest first; may be empty.</param>
    public static DocumentSearch NotFound(IEnumerable<string> similar)
    {
        ArgumentNullException.ThrowIfNull(similar);
        return new(null, [.. similar]);
    }
}
