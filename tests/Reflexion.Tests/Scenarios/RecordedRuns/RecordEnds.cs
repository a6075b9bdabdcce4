namespace Reflexion.Tests;

/// <summary>Ends an episode where its record ends.</summary>
internal sealed class RecordEnds(RecordedRun run) : IStopCondition
{
    private readonly Dictionary<string, int> _trials = run.Episodes.ToDictionary(episode => episode.Id, episode => episode.Lines.Length);

    public StopDecision? Check(EpisodeProgress progress) =>
        progress.Trials.Length < _trials[progress.Task.Id] ? null : new(StopReason.TrialLimit, "No further trial was recorded.");
}
