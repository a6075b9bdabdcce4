namespace Reflexion.Testing;

/// <summary>An actor did something else than a strict <see cref="ScriptedEnvironment"/> expects.</summary>
/// <remarks><example><code>catch (UnexpectedActionException fault) { output.WriteLine($"{fault.Step}: {fault.Actual.Text}"); }</code></example></remarks>
/// <param name="step">The step, from 1.</param>
/// <param name="expected">The action the script holds for the step, or null where the script has ended.</param>
/// <param name="actual">The action that came.</param>
public sealed class UnexpectedActionException(int step, string? expected, AgentAction actual)
    : InvalidOperationException(expected is null
        ? $"Step {step}: the script has ended, but the actor did this: {actual?.Text}\nEnd the trial with a terminal observation, add a step, or say what happens otherwise."
        : $"Step {step}: the actor departs from the script.\n  expected: {expected}\n  actual:   {actual?.Text}")
{
    /// <summary>The step, from 1.</summary>
    public int Step { get; } = step;

    /// <summary>The action the script holds for the step, or null where the script has ended.</summary>
    public string? Expected { get; } = expected;

    /// <summary>The action that came.</summary>
    public AgentAction Actual { get; } = actual ?? throw new ArgumentNullException(nameof(actual));
}
