namespace Reflexion.Environments;

/// <summary>A page of a wiki.</summary>
internal sealed record MediaWikiPage
{
    public string Title { get; init => field = value ?? ""; } = "";

    /// <summary>The namespace; 0 holds the encyclopedia's own pages.</summary>
    public int Ns { get; init; }

    public bool Missing { get; init; }

    public bool Invalid { get; init; }

    /// <summary>The page as plain text.</summary>
    public string? Extract { get; init; }

    public Dictionary<string, string>? Pageprops { get; init; }

    internal bool IsDisambiguation => Pageprops?.ContainsKey("disambiguation") == true;

    internal bool IsArticle => Ns == 0 && !IsDisambiguation && !string.IsNullOrWhiteSpace(Extract);
}
