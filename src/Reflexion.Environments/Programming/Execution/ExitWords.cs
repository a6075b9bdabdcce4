using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Says how a process ended, for the author of the program that ran in it.</summary>
internal static class ExitWords
{
    private const int MaxSaid = 300;

    internal static string TimedOut(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"no result within {limit.TotalSeconds:0.###} s");

    internal static TestResult Died(string test, SandboxExit exit, string who) => exit.End switch
    {
        SandboxEnd.WallClock => new(test, TestOutcome.TimedOut) { Detail = $"{who} ran out of time." },
        SandboxEnd.CpuTime => new(test, TestOutcome.TimedOut) { Detail = $"{who} ran out of processor time." },
        _ => new(test, TestOutcome.Died) { Detail = Describe(exit, who) + Said(exit) },
    };

    private static string Describe(SandboxExit exit, string who) => exit.End switch
    {
        SandboxEnd.Exited => $"{who} ended its process (exit code {exit.ExitCode}) before the test was over.",
        SandboxEnd.Crashed => $"{who} crashed: it ran out of memory or stack, or was killed.",
        SandboxEnd.Memory => $"{who} used more memory than it may.",
        SandboxEnd.Output => $"{who} wrote more output than it may.",
        _ => $"{who} broke off its answer: it is too large, or no answer at all.",
    };

    private static string Said(SandboxExit exit)
    {
        string said = exit.ErrorOutput.Trim();
        return said.Length == 0 ? "" : $" It said: {(said.Length > MaxSaid ? said[..MaxSaid] + "..." : said)}";
    }
}
