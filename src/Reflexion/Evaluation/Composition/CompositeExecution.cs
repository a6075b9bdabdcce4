namespace Reflexion;

/// <summary>How a composite runs its evaluators.</summary>
public enum CompositeExecution
{
    /// <summary>All at once.</summary>
    Concurrent,

    /// <summary>All, one after another.</summary>
    Sequential,

    /// <summary>One after another, until success is decided: put the cheap ones first. The score and feedback then come from those that ran.</summary>
    ShortCircuit,
}
