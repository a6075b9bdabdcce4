using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One attempt at a task, with everything that went into it and came out of it.</summary>
public sealed record Trial
{
    /// <summary>The trial's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The prompt as the actor saw it.</summary>
    public required ActorPrompt Prompt { get; init; }

    /// <summary>The ids of the lessons recalled for it.</summary>
    public ImmutableArray<string> RecalledLessonIds { get; init; } = [];

    /// <summary>What the actor did.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>The verdict, or null where the episode ended before there was one.</summary>
    public TrajectoryEvaluation? Evaluation { get; init; }

    /// <summary>The held-out evaluator's verdict: recorded, never shown to actor, reflector or retrospective model.</summary>
    public TrajectoryEvaluation? HeldOutEvaluation { get; init; }

    /// <summary>The return G: the evaluation's score, or null where there is none.</summary>
    public double? Return => Evaluation?.Score;

    /// <summary>ΔG: this trial's return minus the previous one's; null for the first trial and where either is missing.</summary>
    public double? DeltaG { get; init; }

    /// <summary>The lesson learnt from this trial and stored, or null.</summary>
    public Lesson? Lesson { get; init; }

    /// <summary>When the trial started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long acting and evaluating took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the trial used, its evaluation and the reflection on it included.</summary>
    public UsageReport Usage { get; init; } = UsageReport.Empty;
}
