namespace Reflexion;

/// <summary>An episode ended with a failure, and the caller asked for an exception.</summary>
/// <param name="episode">The episode, with the trials that were completed.</param>
public sealed class EpisodeFailedException(Episode episode)
    : Exception($"Episode {episode?.Id} failed in its {episode?.Failure?.Component}: {episode?.Failure?.Message}", episode?.Failure?.Exception)
{
    /// <summary>The episode, with the trials that were completed.</summary>
    public Episode Episode { get; } = episode ?? throw new ArgumentNullException(nameof(episode));
}
