namespace Reflexion.Environments;

/// <summary>What became of a request.</summary>
/// <param name="Problem">What went wrong, as the rest of a sentence that starts with the wiki's name.</param>
/// <param name="IsTransient">Whether the same request may succeed later.</param>
internal sealed record SentRequest(string Problem, bool IsTransient)
{
    /// <summary>The reply, or null where something went wrong.</summary>
    public MediaWikiReply? Reply { get; init; }

    /// <summary>How long the wiki asks to wait, or null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The exception behind the problem, or null.</summary>
    public Exception? Fault { get; init; }
}
