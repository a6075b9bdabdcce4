using System.Diagnostics;
using System.Globalization;
using Reflexion.Environments;

namespace Reflexion.Benchmarks;

/// <summary>Random play on one core with the admissible commands listed after each step, and loading, beside the real engine.</summary>
/// <remarks>
/// The real engine (TextWorld 1.7.0 with alfworld 0.4.2) does 18 steps a second and takes 1.5 s to load a game. Games are
/// ALFWorld's own where a zip or folder of them is given, else generated ones. The best of several rounds counts: others share the machine.
/// </remarks>
internal static class HouseholdRun
{
    private const double RealStepsASecond = 18;
    private const double RealLoadMilliseconds = 1_500;
    private const int Rounds = 7;
    private const int StepsAGame = 50;
    private const int StepsARound = 300_000;

    internal static async Task RunAsync(string? path)
    {
        HouseholdWorld[] worlds = path is null
            ? [.. Enumerable.Range(0, 200).Select(seed => new HouseholdGenerator().Generate(seed))]
            : [.. await HouseholdWorlds.LoadAsync(path)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{worlds.Length} worlds, {(path is null ? "generated" : path)}"));
        Report("steps, papers' wording", worlds, new());
        Report("steps, engine's wording", worlds, new() { Wording = HouseholdWording.Engine });
        if (path is not null)
        {
            await ReportLoadingAsync(path, worlds.Length);
        }
    }

    private static void Report(string name, HouseholdWorld[] worlds, HouseholdGameOptions options)
    {
        (double Seconds, double Bytes, long Characters, int Wins) best = (double.MaxValue, 0, 0, 0);
        for (int round = 0; round < Rounds; round++)
        {
            (double Seconds, double Bytes, long Characters, int Wins) now = Play(worlds, options);
            best = now.Seconds < best.Seconds ? now : best;
        }

        double rate = StepsARound / best.Seconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {rate:N0} a second ({rate / RealStepsASecond:N0} times the real engine), {best.Bytes / StepsARound:N0} bytes a step, {2.0 * best.Characters / StepsARound:N0} of them text, {best.Wins} times won"));
    }

    private static (double Seconds, double Bytes, long Characters, int Wins) Play(HouseholdWorld[] worlds, HouseholdGameOptions options)
    {
        var random = new Random(1);
        var commands = new List<string>();
        long characters = 0;
        int wins = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        for (int step = 0; step < StepsARound;)
        {
            var game = new HouseholdGame(worlds[random.Next(worlds.Length)], options);
            game.ListAdmissibleCommands(commands);
            for (int i = 0; i < StepsAGame; i++, step++)
            {
                characters += game.Step(commands[random.Next(commands.Count)]).Length;
                game.ListAdmissibleCommands(commands);
                wins += game.IsWon ? 1 : 0;
            }
        }

        return (Stopwatch.GetElapsedTime(started).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - allocated, characters, wins);
    }

    private static async Task ReportLoadingAsync(string path, int worlds)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long started = Stopwatch.GetTimestamp();
            foreach (HouseholdWorld world in await HouseholdWorlds.LoadAsync(path))
            {
                _ = new HouseholdGame(world).InitialObservation;
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds / worlds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"loading a game up to its first observation: {best:0.00} ms ({RealLoadMilliseconds / best:N0} times faster than the real engine)"));
    }
}
