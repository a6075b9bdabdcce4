namespace Reflexion;

/// <summary>A run was to go on with an episode that the journal knows as another one: of another task, strategy or other options.</summary>
/// <param name="episodeId">The episode.</param>
/// <param name="differences">What differs.</param>
public sealed class EpisodeMismatchException(string episodeId, string differences)
    : JournalException($"The journal knows episode '{episodeId}' as another one: {differences}. Run it as it was recorded, or give this run an id of its own.")
{
    /// <summary>The episode.</summary>
    public string EpisodeId { get; } = episodeId;
}
