namespace Reflexion;

/// <summary>Which episodes of a journal to list.</summary>
public sealed record JournalQuery
{
    /// <summary>What their ids begin with, by ordinal. Default empty: any id.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The agent that ran them; null (default) for any.</summary>
    public string? Agent { get; init; }

    /// <summary>Where they stand; null (default) for anywhere.</summary>
    public EpisodeState? State { get; init; }

    /// <summary>Whether an episode is one of those asked for.</summary>
    /// <param name="episode">The episode.</param>
    public bool Matches(JournaledEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return episode.EpisodeId.StartsWith(Prefix, StringComparison.Ordinal)
            && (Agent is null || Agent == episode.Agent)
            && (State is null || State == episode.State);
    }
}
