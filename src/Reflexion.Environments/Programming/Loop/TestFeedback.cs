using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Turns a run of an agent's own tests into a verdict with words: which passed, and what came of those that did not.</summary>
internal static class TestFeedback
{
    private const int MaxValueCharacters = 300;

    internal static TrajectoryEvaluation Of(ProgramRun run, IProgrammingLanguage language)
    {
        if (run.Fault is { } fault)
        {
            return TrajectoryEvaluation.Failed(fault);
        }

        string[] passed = [.. run.Tests.Where(test => test.Outcome == TestOutcome.Passed).Select(test => test.Test)];
        ImmutableArray<string> failed = [.. run.Tests.Where(test => test.Outcome != TestOutcome.Passed).Select(test => $"{test.Test}  {language.LineComment} {What(test)}")];
        string head = string.Create(CultureInfo.InvariantCulture, $"{passed.Length} of {run.Tests.Length} unit tests passed.");
        return new((double)passed.Length / run.Tests.Length, run.Passed, head + List("Failed", failed) + List("Passed", passed)) { Evidence = failed };
    }

    private static string List(string title, IReadOnlyCollection<string> tests) => tests.Count == 0 ? "" : $"\n{title}:\n{string.Join('\n', tests)}";

    private static string What(TestResult test) => test.Outcome switch
    {
        TestOutcome.Failed when test.Actual is { } actual => $"actual: {OneLine(actual)}",
        TestOutcome.Raised => $"raised {OneLine(test.Detail ?? "an exception")}",
        TestOutcome.TimedOut => $"timed out: {OneLine(test.Detail ?? "no result in time")}",
        _ => OneLine(test.Detail ?? "the test does not hold"),
    };

    private static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxValueCharacters ? line : $"{line[..MaxValueCharacters]}...";
    }
}
