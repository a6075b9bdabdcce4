namespace Reflexion.Environments;

/// <summary>Why MediaWiki did not do what it was asked.</summary>
internal sealed record MediaWikiError
{
    public string? Code { get; init; }

    public string? Info { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    internal bool IsTransient => Code is "maxlag" or "ratelimited" or "readonly" || Code?.StartsWith("internal_api_error", StringComparison.Ordinal) == true;
}
