namespace Reflexion;

/// <summary>The part of an agent that calls a model; usage is counted per component.</summary>
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
}
