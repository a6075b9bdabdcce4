using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>A language in which a program is a number and a test is the least number that passes it.</summary>
internal sealed class StubLanguage(string name = "stub") : IProgrammingLanguage
{
    public string Name => name;

    public string DisplayName => "Stub";

    public string LineComment => ";";

    public string TestForm => "a number a line";

    public string? ReadProgram(ProgrammingProblem problem, string reply) => reply.Contains("no code", StringComparison.Ordinal) ? null : reply.Trim();

    public ValueTask<ImmutableArray<string>> ReadTestsAsync(ProgrammingProblem problem, string reply, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<string>>([.. reply.Split('\n').Where(line => int.TryParse(line, out _))]);

    public ValueTask<ProgramRun> RunTestsAsync(ProgrammingProblem problem, string program, ImmutableArray<string> tests, CancellationToken cancellationToken) =>
        ValueTask.FromResult(program == "broken" ? ProgramRun.Faulty("It does not compile.") : new ProgramRun([.. tests.Select(test => Run(program, test))]));

    public ValueTask<ProgramRun> RunHiddenTestAsync(ProgrammingProblem problem, string program, CancellationToken cancellationToken) =>
        RunTestsAsync(problem, program, [problem.HiddenTest], cancellationToken);

    private static TestResult Run(string program, string test) => int.Parse(program) >= int.Parse(test)
        ? new(test, TestOutcome.Passed)
        : new(test, TestOutcome.Failed) { Actual = program };
}
