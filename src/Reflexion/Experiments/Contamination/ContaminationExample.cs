namespace Reflexion;

/// <summary>A text that a model is shown while it works: a worked example, an instruction, a training record.</summary>
/// <param name="Name">What to call it in findings. Not blank.</param>
/// <param name="Text">The text.</param>
public sealed record ContaminationExample(string Name, string Text);
