namespace Reflexion;

/// <summary>What became of one tool call.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">What the model is told.</param>
internal sealed record ToolCallResult(StepOutcome Outcome, string Text)
{
    /// <summary>What the tool threw, where the model may know its message; some providers mark such results as errors.</summary>
    internal Exception? Fault { get; init; }

    /// <summary>Why the trial cannot go on after this call, or null where it can.</summary>
    internal string? EndsTrial { get; init; }
}
