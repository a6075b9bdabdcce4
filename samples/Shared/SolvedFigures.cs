using System.Globalization;

namespace Reflexion.Samples;

/// <summary>An experiment in figures: curves, what a success costs, paired differences, all with 95 % intervals over tasks.</summary>
public static class SolvedFigures
{
    private static readonly ClusterBootstrap s_bootstrap = new(new() { Resamples = 2_000, Seed = 1 });

    /// <summary>Prints them.</summary>
    /// <param name="result">The experiment.</param>
    /// <param name="trials">The trials of an episode, at least 2.</param>
    /// <param name="baselines">The arms that those after them are compared with.</param>
    public static void Print(ExperimentResult result, int trials, params string[] baselines)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(baselines);
        Console.WriteLine($"\nSolved after each trial, % of {result.Tasks.Length} tasks x {result.Seeds.Length} {(result.Seeds.Length == 1 ? "seed" : "seeds")}, with 95 % intervals");
        Console.WriteLine($"{"",-22}{string.Concat(Enumerable.Range(1, trials).Select(trial => $"{trial,18}"))}   tokens a success");
        string[] arms = [.. result.Arms.Select(arm => arm.Name)];
        foreach (ArmAnalysis arm in ExperimentAnalysis.Of(result, new() { Baseline = arms[0] }).Arms)
        {
            string curve = string.Concat(Enumerable.Range(1, trials).Select(trial => $"{Text(Solved(result, arm.Arm, trial)),18}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{arm.Arm,-22}{curve}   {arm.TokensPerSuccess?.Value,10:F0}"));
        }

        Console.WriteLine("\nPaired differences, points, with 95 % intervals");
        Console.WriteLine($"{"",-46}{"trial 2",20}{(trials > 2 ? $"trial {trials}" : ""),20}");
        foreach ((string first, string second) in from first in baselines from second in arms.SkipWhile(arm => arm != first).Skip(1) select (first, second))
        {
            Console.WriteLine($"{$"{second} - {first}",-46}{Text(Difference(result, first, second, 2)),20}{(trials > 2 ? Text(Difference(result, first, second, trials)) : ""),20}");
        }
    }

    private static IntervalEstimate Solved(ExperimentResult result, string arm, int trial) =>
        Estimate(result, (task, seed) => Solves(result, arm, task, seed, trial));

    private static IntervalEstimate Difference(ExperimentResult result, string first, string second, int trial) =>
        Estimate(result, (task, seed) => Solves(result, second, task, seed, trial) - Solves(result, first, task, seed, trial));

    private static double Solves(ExperimentResult result, string arm, string task, int seed, int trial) =>
        result.Find(arm, task, seed) is { } episode && episode.IsSolvedAfter(trial) ? 100 : 0;

    // Seeds of one world belong together.
    private static IntervalEstimate Estimate(ExperimentResult result, Func<string, int, double> value) => s_bootstrap.Estimate(
        [.. result.Tasks.Select(task => (double[])[result.Seeds.Average(seed => value(task.Id, seed)), 1])],
        sums => sums[0] / sums[1]);

    private static string Text(IntervalEstimate estimate) => string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:F1} [{estimate.Low:F1} {estimate.High:F1}]");
}
