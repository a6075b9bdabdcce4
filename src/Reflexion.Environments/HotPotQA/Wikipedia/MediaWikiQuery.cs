namespace Reflexion.Environments;

/// <summary>The answer to a query.</summary>
internal sealed record MediaWikiQuery
{
    public MediaWikiPage?[]? Pages { get; init; }

    public MediaWikiHit[]? Search { get; init; }
}
