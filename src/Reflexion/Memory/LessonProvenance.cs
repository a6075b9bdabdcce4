namespace Reflexion;

/// <summary>Where a lesson came from.</summary>
/// <param name="EpisodeId">The episode it was learnt in.</param>
/// <param name="Trial">The trial it was learnt from, from 1.</param>
/// <param name="WrittenAt">When.</param>
public sealed record LessonProvenance(string EpisodeId, int Trial, DateTimeOffset WrittenAt)
{
    /// <summary>The model that wrote it, or null.</summary>
    public string? ModelId { get; init; }

    /// <summary>A hash of the prompt it was written from, or null.</summary>
    public string? PromptHash { get; init; }

    /// <summary>Whether the trial had succeeded.</summary>
    public bool FromSuccess { get; init; }
}
