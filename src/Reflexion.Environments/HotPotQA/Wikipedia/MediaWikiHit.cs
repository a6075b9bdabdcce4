namespace Reflexion.Environments;

/// <summary>A page that the wiki's search found.</summary>
internal sealed record MediaWikiHit(string? Title);
