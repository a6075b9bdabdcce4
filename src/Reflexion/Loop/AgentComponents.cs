using Microsoft.Extensions.Logging;

namespace Reflexion;

/// <summary>The parts of an agent. None of them holds anything about a run.</summary>
internal sealed record AgentComponents
{
    public required IActor Actor { get; init; }

    public required ITrajectoryEvaluator Evaluator { get; init; }

    public ITrajectoryEvaluator? HeldOutEvaluator { get; init; }

    public required ISelfReflector Reflector { get; init; }

    public required IEpisodicMemory Memory { get; init; }

    public required ILessonGuard Guard { get; init; }

    public required IRetrospectiveModel RetrospectiveModel { get; init; }

    public required IStopCondition StopCondition { get; init; }

    public IEpisodeJournal? Journal { get; init; }

    public required TimeProvider Time { get; init; }

    public required Func<string> NewEpisodeId { get; init; }

    public required ILogger Logger { get; init; }
}
