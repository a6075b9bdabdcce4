namespace Reflexion.Retroformer;

/// <summary>Which retries count as the null arm of a refinement.</summary>
public enum NullArmMatch
{
    /// <summary>Those of the same task and trial: an arm of its own that never reflects. The default.</summary>
    TaskAndTrial,

    /// <summary>Those from the very same state: of the same task and with the same <see cref="Experience.Prompt"/>.</summary>
    State,
}
