namespace Reflexion;

/// <summary>How much there is to read of an episode.</summary>
internal static class EpisodeLength
{
    /// <summary>The characters of its prompts and trajectories.</summary>
    internal static long Of(Episode episode) => episode.Trials.Sum(Of) + (episode.Task.Context?.Length ?? 0);

    private static long Of(Trial trial) =>
        trial.Prompt.Parts.Sum(part => (long)part.Text.Length) + trial.Trajectory.Steps.Sum(Of) + (trial.Trajectory.Answer?.Length ?? 0);

    private static long Of(TrajectoryStep step) =>
        (step.Thought?.Length ?? 0) + (step.Action?.Text.Length ?? 0) + (step.Action?.Argument?.Length ?? 0) + (step.Observation?.Text.Length ?? 0);
}
