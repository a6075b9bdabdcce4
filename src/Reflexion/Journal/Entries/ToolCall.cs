namespace Reflexion;

/// <summary>The payload of a tool call that was made, or denied.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Request">A hash of name and arguments.</param>
/// <param name="Occurrence">How often the same call was made before in this trial.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">What the model was told.</param>
/// <param name="Fault">What the tool threw, where the model may know, or null.</param>
internal sealed record ToolCall(string Name, string Request, int Occurrence, StepOutcome Outcome, string Text, RecordedFault? Fault);
