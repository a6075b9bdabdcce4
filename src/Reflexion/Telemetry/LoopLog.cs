using Microsoft.Extensions.Logging;

namespace Reflexion;

/// <summary>What the loop logs. Nothing here holds prompts, answers or lessons.</summary>
internal static partial class LoopLog
{
    [LoggerMessage(1, LogLevel.Debug, "Episode {EpisodeId} of agent {Agent} on task {TaskId} starts; strategy {Strategy}")]
    internal static partial void EpisodeStarted(ILogger logger, string episodeId, string agent, string taskId, ReflexionStrategy strategy);

    [LoggerMessage(2, LogLevel.Debug, "Episode {EpisodeId}, trial {Trial}: {End}, return {Return}, success {Success}")]
    internal static partial void TrialEnded(ILogger logger, string episodeId, int trial, TrajectoryEnd end, double? @return, bool success);

    [LoggerMessage(3, LogLevel.Information, "Episode {EpisodeId} ended: {Reason} after {Trials} trials. {Detail}")]
    internal static partial void EpisodeEnded(ILogger logger, string episodeId, StopReason reason, int trials, string detail);

    [LoggerMessage(4, LogLevel.Error, "Episode {EpisodeId}: the {Component} failed")]
    internal static partial void ComponentFailed(ILogger logger, Exception fault, string episodeId, AgentComponent component);

    [LoggerMessage(5, LogLevel.Warning, "Episode {EpisodeId}, trial {Trial}: a lesson was put into quarantine. {Reason}")]
    internal static partial void LessonRejected(ILogger logger, string episodeId, int trial, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Episode {EpisodeId}, trial {Trial}: the refinement quoted a reference answer; the lessons are shown instead")]
    internal static partial void RefinementRejected(ILogger logger, string episodeId, int trial);

    [LoggerMessage(8, LogLevel.Error, "Episode {EpisodeId}, trial {Trial}: the held-out evaluator failed, and its verdict is missing")]
    internal static partial void HeldOutEvaluatorFailed(ILogger logger, Exception fault, string episodeId, int trial);

    [LoggerMessage(9, LogLevel.Information, "Episode {EpisodeId} is taken up after {Trials} trials and {Elapsed}")]
    internal static partial void EpisodeResumed(ILogger logger, string episodeId, int trials, TimeSpan elapsed);

    [LoggerMessage(10, LogLevel.Warning, "Episode {EpisodeId}, trial {Trial} starts again: {Reason}")]
    internal static partial void TrialRestarted(ILogger logger, string episodeId, int trial, string reason);

    [LoggerMessage(6, LogLevel.Debug, "Episode {EpisodeId}, trial {Trial}: the reflection brought no lesson")]
    internal static partial void NothingLearnt(ILogger logger, string episodeId, int trial);
}
