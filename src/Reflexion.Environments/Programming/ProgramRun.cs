using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>What became of a program when it was tested.</summary>
/// <param name="Tests">What became of each test, in their order.</param>
public sealed record ProgramRun(ImmutableArray<TestResult> Tests)
{
    /// <summary>Why no test could run, in words for the program's author (the compiler's errors, say); null where they could.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether there was at least one test and the program passed every one.</summary>
    public bool Passed => Fault is null && Tests is { IsDefaultOrEmpty: false } && Tests.All(test => test.Outcome == TestOutcome.Passed);

    /// <summary>A run in which no test could run.</summary>
    /// <param name="fault">Why, in words for the program's author.</param>
    public static ProgramRun Faulty(string fault) => new([]) { Fault = fault };
}
