namespace Reflexion.Environments;

/// <summary>A search, and when it was made.</summary>
internal sealed record CachedSearch(DocumentSearch Search, DateTimeOffset FoundAt);
