using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Runs that were recorded elsewhere become experiments whose curves are those of the files.</summary>
public sealed class RecordedExperimentsTests(ITestOutputHelper output)
{
    [SharedFact("data/recorded")]
    public void Every_recorded_run_has_the_curve_of_its_file()
    {
        RecordedRun[] runs = [.. RecordedRun.ReadAll(SharedFolder.PathOf("data/recorded")).SelectMany(domain => domain)];
        runs.Should().NotBeEmpty();
        foreach (RecordedRun run in runs)
        {
            ArmAnalysis arm = ExperimentAnalysis.Of(RecordedRun.Together(run.Domain, [run])).Arms.Single();

            output.WriteLine($"{run.Domain + " " + run.Arm.Name,-52} of {run.Tasks.Length,3}: {string.Join(' ', arm.Curve.Select(point => point.Solved))}   {arm.Solved!.Value.Value:0.000} [{arm.Solved.Value.Low:0.000}, {arm.Solved.Value.High:0.000}]");
            arm.Curve.Select(point => point.Solved).Should().Equal(run.Curve, "of {0}", run.Arm.Name);
            arm.Curve.Should().OnlyContain(point => point.Episodes == run.Tasks.Length);
            arm.Outcomes.Values.Sum().Should().Be(run.Tasks.Length);
            arm.Outcomes[ExperimentOutcome.Solved].Should().Be(run.Curve[^1]);
            arm.TokensPerEpisode.Should().BeNull("no tokens were recorded");
        }
    }

    [SharedFact("data/recorded")]
    public void Runs_of_the_same_tasks_are_compared_in_pairs()
    {
        RecordedRun[] runs = [.. RecordedRun.ReadAll(SharedFolder.PathOf("data/recorded")).Single(domain => domain.Key == "alfworld")];
        runs.Should().HaveCountGreaterThan(1);

        ExperimentAnalysis analysis = ExperimentAnalysis.Of(RecordedRun.Together("alfworld", runs));

        ArmComparison comparison = analysis.Comparisons[0];
        HashSet<string> first = SolvedOf(runs[0]);
        HashSet<string> second = SolvedOf(runs[1]);
        comparison.OnlyFirst.Should().Be(first.Except(second).Count());
        comparison.OnlySecond.Should().Be(second.Except(first).Count());
        comparison.Both.Should().Be(first.Intersect(second).Count());
        GainSplit split = analysis.GainSplits.Single();
        (split.Resampling.Value + split.Reflection.Value).Should().BeApproximately(split.Total.Value, 1e-12);
        output.WriteLine($"{comparison.First} {comparison.Second}: only {comparison.OnlyFirst} / {comparison.OnlySecond}, p = {comparison.Test.ExactP:0.00000}, difference {Text(comparison.SolvedDifference)}");
        output.WriteLine($"gain after {split.Trials} trials {Text(split.Total)}: resampling {Text(split.Resampling)}, reflection {Text(split.Reflection)}");
    }

    private static HashSet<string> SolvedOf(RecordedRun run) => [.. run.Episodes.Where(episode => episode.Lines.Any(line => line.IsSolved)).Select(episode => episode.Id)];

    private static string Text(IntervalEstimate estimate) => $"{estimate.Value:0.000} [{estimate.Low:0.000}, {estimate.High:0.000}]";
}
