using System.Diagnostics;
using System.Globalization;
using Reflexion.Environments;

namespace Reflexion.Benchmarks;

/// <summary>How many Python programs run a second, in full containment, cold and started ahead, beside a bare start of the interpreter.</summary>
/// <remarks>The rounds of all kinds take turns, so that what else the machine does falls on all of them; the table shows the median round.</remarks>
internal static class ExecutionsRun
{
    private const int Rounds = 5;
    private const int AtOnce = 2;

    public static async Task RunAsync(int executions)
    {
        var python = PythonStart.Find();
        await using var cold = await ProcessSandbox.CreateAsync();
        await using var warm = new WarmSandbox(await ProcessSandbox.CreateAsync(), new WarmSandboxOptions { ProcessesPerCommand = 4 });
        Console.WriteLine(cold.Containment.Description);
        var direct = python.Command("-c", "pass");
        var ahead = python.Command("-c", "import sys; exec(sys.stdin.read())");
        Kind[] kinds =
        [
            new("python3 -c pass, bare", () => python.RunBareAsync("-c", "pass")),
            new("python3 -I -S -B -c pass, bare", () => python.RunBareAsync("-I", "-S", "-B", "-c", "pass")),
            new("contained, cold", () => RunAsync(cold, direct, default)),
            new("contained, started ahead", () => RunAsync(warm, ahead, "pass"u8.ToArray())),
        ];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var kind in kinds)
            {
                await kind.RunRoundAsync(round == 0 ? 10 : executions, AtOnce, counts: round > 0);
            }
        }

        Print(kinds);
    }

    private static async Task RunAsync(ISandbox sandbox, SandboxCommand command, ReadOnlyMemory<byte> input)
    {
        await using var process = await sandbox.StartAsync(command, default);
        await process.Input.WriteAsync(input);
        process.Input.Close();
        if (await process.WaitAsync(default) is not { ExitCode: 0 } and var exit)
        {
            throw new InvalidOperationException(exit.ToString());
        }
    }

    private static void Print(Kind[] kinds)
    {
        var culture = CultureInfo.InvariantCulture;
        var floor = kinds[1];
        Console.WriteLine();
        Console.WriteLine($"| {"a program that does nothing",-32} | a second, {AtOnce} at once | of the floor | one alone, ms | above the floor, ms |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in kinds)
        {
            Console.WriteLine(string.Create(culture, $"| {kind.Name,-32} | {kind.ASecond,19:F0} | {kind.ASecond / floor.ASecond,12:P0} | {kind.AloneMilliseconds,13:F1} | {kind.AloneMilliseconds - floor.AloneMilliseconds,19:+0.0;-0.0;0.0} |"));
        }
    }

    private sealed class Kind(string name, Func<Task> run)
    {
        private readonly List<double> _aSecond = [];
        private readonly List<double> _alone = [];

        public string Name => name;

        public double ASecond => Median(_aSecond);

        public double AloneMilliseconds => Median(_alone);

        public async Task RunRoundAsync(int executions, int atOnce, bool counts)
        {
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
            {
                for (var index = 0; index < executions / atOnce; index++)
                {
                    await run();
                }
            }));
            var took = Stopwatch.GetElapsedTime(started);
            for (var index = 0; index < Math.Min(executions, 20); index++)
            {
                // A pause, in which what is kept ready is filled up again.
                await Task.Delay(50);
                var alone = Stopwatch.GetTimestamp();
                await run();
                if (counts)
                {
                    _alone.Add(Stopwatch.GetElapsedTime(alone).TotalMilliseconds);
                }
            }

            if (counts)
            {
                _aSecond.Add(executions / took.TotalSeconds);
            }
        }

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }
}
