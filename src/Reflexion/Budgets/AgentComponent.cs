namespace Reflexion;

/// <summary>A part of an agent: what usage is counted by, and what a failure is told of.</summary>
public enum AgentComponent
{
    /// <summary>The actor.</summary>
    Actor,

    /// <summary>An evaluator the agent sees.</summary>
    Evaluator,

    /// <summary>The held-out evaluator.</summary>
    HeldOutEvaluator,

    /// <summary>The self-reflector.</summary>
    Reflector,

    /// <summary>The retrospective model.</summary>
    RetrospectiveModel,

    /// <summary>The episodic memory and its guard.</summary>
    Memory,

    /// <summary>A stop condition.</summary>
    StopCondition,

    /// <summary>The episode journal.</summary>
    Journal,
}
