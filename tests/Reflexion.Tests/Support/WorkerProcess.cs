using System.Diagnostics;

namespace Reflexion.Tests;

/// <summary>The process that tests kill. It is built beside them: the same path with its own project's name.</summary>
internal static class WorkerProcess
{
    internal static string Path { get; } = System.IO.Path.Combine(
        AppContext.BaseDirectory.Replace(
            $"{System.IO.Path.DirectorySeparatorChar}{typeof(WorkerProcess).Assembly.GetName().Name}{System.IO.Path.DirectorySeparatorChar}",
            $"{System.IO.Path.DirectorySeparatorChar}Reflexion.Tests.Worker{System.IO.Path.DirectorySeparatorChar}",
            StringComparison.Ordinal),
        "Reflexion.Tests.Worker.dll");

    /// <summary>Starts the worker, or what runs it.</summary>
    internal static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // A process that lives for a moment gains nothing from code that learns.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
