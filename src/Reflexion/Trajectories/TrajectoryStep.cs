namespace Reflexion;

/// <summary>One step of a trial: thought, action, observation (ReAct's triple).</summary>
public sealed record TrajectoryStep
{
    /// <summary>Position in the trajectory, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What the model said before acting, or null.</summary>
    public string? Thought { get; init; }

    /// <summary>What it did, or null where the reply held no action.</summary>
    public AgentAction? Action { get; init; }

    /// <summary>What came back, or null where the step ended the trial.</summary>
    public Observation? Observation { get; init; }

    /// <summary>What became of the action.</summary>
    public StepOutcome Outcome { get; init; }
}
