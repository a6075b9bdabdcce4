using Reflexion;
using Spectre.Console;

namespace Experiments;

/// <summary>Shows an experiment while it runs: a table that changes in place, or plain lines where there is no terminal.</summary>
internal static class Watch
{
    internal static async Task<ExperimentResult> RunAsync(Func<IProgress<ExperimentProgress>, Task<ExperimentResult>> run) =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi
            ? await run(new ProgressLines())
            : await AnsiConsole.Live(new Text("")).StartAsync(live => run(new ProgressTable(live)));
}
