namespace Reflexion.Environments;

/// <summary>What became of one test.</summary>
/// <param name="Test">The test's text.</param>
/// <param name="Outcome">Whether it passed.</param>
public sealed record TestResult(string Test, TestOutcome Outcome)
{
    /// <summary>What the program returned, as its language writes values; null where nothing was returned. Untrusted text.</summary>
    public string? Actual { get; init; }

    /// <summary>What went wrong beyond a wrong value: an exception, a limit; null where nothing did. Untrusted text.</summary>
    public string? Detail { get; init; }
}
