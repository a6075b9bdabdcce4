using Reflexion;

namespace Experiments;

/// <summary>What an experiment found, as text.</summary>
internal static class AnalysisText
{
    internal static void Print(ExperimentAnalysis analysis)
    {
        Console.WriteLine("\nSolved after each trial, with Wilson intervals");
        foreach (ArmAnalysis arm in analysis.Arms)
        {
            Console.WriteLine($"  {arm.Arm,-12} {string.Join("  ", arm.Curve.Select(point => Percent(point.Share)))}");
        }

        Console.WriteLine("\nWhat it took");
        foreach (ArmAnalysis arm in analysis.Arms)
        {
            string outcomes = string.Join(", ", arm.Outcomes.Where(count => count.Value > 0).Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"));
            Console.WriteLine($"  {arm.Arm,-12} {Tokens(arm.TokensPerEpisode)} tokens an episode, {Tokens(arm.TokensPerSuccess)} a success; {outcomes}");
        }

        foreach (ArmComparison comparison in analysis.Comparisons.Where(comparison => comparison.Pairs > 0))
        {
            Print(comparison);
        }

        foreach (GainSplit split in analysis.GainSplits)
        {
            Console.WriteLine($"\nGain of {split.Reflecting} after {split.Trials} trials: {Points(split.Total)}, of which retrying gains {Points(split.Resampling)} too and {Points(split.Reflection)} is its own");
        }

        Console.WriteLine($"\nNotes\n{string.Join('\n', analysis.Notes.Select(note => $"  {note}"))}");
    }

    private static void Print(ArmComparison comparison)
    {
        Console.WriteLine($"\n{comparison.Second} against {comparison.First}, {comparison.Pairs} pairs");
        Console.WriteLine($"  solved by both {comparison.Both}, only by {comparison.First} {comparison.OnlyFirst}, only by {comparison.Second} {comparison.OnlySecond}, by neither {comparison.Neither}");
        Console.WriteLine($"  difference {Points(comparison.SolvedDifference)}, McNemar p = {comparison.Test.ExactP:0.0000}, adjusted {comparison.AdjustedP:0.0000}");
        if (comparison.AtEqualBudget is { Matched: var matched } equal)
        {
            Console.WriteLine($"  with {matched.Tokens:N0} tokens each: {matched.FirstSolved:0 %} and {matched.SecondSolved:0 %}, difference {Points(matched.Difference)}; over all budgets up to there {Points(equal.MeanDifference)}");
        }
    }

    private static string Percent(IntervalEstimate share) => $"{100 * share.Value,3:0} % [{100 * share.Low:0}, {100 * share.High:0}]";

    private static string Points(IntervalEstimate difference) => $"{100 * difference.Value:+0;-0;0} % [{100 * difference.Low:+0;-0;0}, {100 * difference.High:+0;-0;0}]";

    private static string Tokens(IntervalEstimate? tokens) => tokens is { } known ? $"{known.Value:N0} [{known.Low:N0}, {known.High:N0}]" : "no";
}
