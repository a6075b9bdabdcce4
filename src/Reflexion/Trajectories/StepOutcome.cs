namespace Reflexion;

/// <summary>What became of the action of one step.</summary>
public enum StepOutcome
{
    /// <summary>The environment or tool carried the action out.</summary>
    Executed,

    /// <summary>The action gave the final answer.</summary>
    Answered,

    /// <summary>The reply held no action that could be read; the observation tells the model what to fix.</summary>
    MalformedAction,

    /// <summary>The tool named does not exist.</summary>
    UnknownTool,

    /// <summary>The tool exists but its arguments could not be bound.</summary>
    InvalidArguments,

    /// <summary>The tool threw; the observation carries the message.</summary>
    ToolFailed,

    /// <summary>The tool needs an approval that was not given.</summary>
    ApprovalDenied,
}
