using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Runs that were recorded elsewhere become experiments whose curves are those of the files.</summary>
public sealed class RecordedExperimentsTests(ITestOutputHelper output)
{
    [SharedFact("data/recorded")]
    public void Every_recorded_run_has_the_curve_of_its_file()
    {
        string[] files = Directory.GetFiles(SharedFolder.PathOf("data/recorded"), "*.jsonl");
        files.Should().NotBeEmpty();
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            var run = new RecordedExperiment(file);

            ArmAnalysis arm = ExperimentAnalysis.Of(RecordedExperiment.Together("recorded", [run])).Arms.Single();

            output.WriteLine($"{run.Arm.Name,-52} of {run.Tasks.Length,3}: {string.Join(' ', arm.Curve.Select(point => point.Solved))}   {arm.Solved!.Value.Value:0.000} [{arm.Solved.Value.Low:0.000}, {arm.Solved.Value.High:0.000}]");
            arm.Curve.Select(point => point.Solved).Should().Equal(run.Curve, "of {0}", file);
            arm.Curve.Should().OnlyContain(point => point.Episodes == run.Tasks.Length);
            arm.Outcomes.Values.Sum().Should().Be(run.Tasks.Length);
            arm.Outcomes[ExperimentOutcome.Solved].Should().Be(run.Curve[^1]);
            arm.TokensPerEpisode.Should().BeNull("no tokens were recorded");
        }
    }

    [SharedFact("data/recorded")]
    public void Runs_of_the_same_tasks_are_compared_in_pairs()
    {
        string folder = SharedFolder.PathOf("data/recorded");
        RecordedExperiment[] runs = [.. Directory.GetFiles(folder, "alfworld-*.jsonl").Order(StringComparer.Ordinal).Select(file => new RecordedExperiment(file))];
        runs.Should().HaveCountGreaterThan(1);

        ExperimentAnalysis analysis = ExperimentAnalysis.Of(RecordedExperiment.Together("alfworld", runs));

        ArmComparison comparison = analysis.Comparisons[0];
        HashSet<string> first = [.. runs[0].Episodes.Where(episode => episode.Outcome == ExperimentOutcome.Solved).Select(episode => episode.TaskId)];
        HashSet<string> second = [.. runs[1].Episodes.Where(episode => episode.Outcome == ExperimentOutcome.Solved).Select(episode => episode.TaskId)];
        comparison.OnlyFirst.Should().Be(first.Except(second).Count());
        comparison.OnlySecond.Should().Be(second.Except(first).Count());
        comparison.Both.Should().Be(first.Intersect(second).Count());
        GainSplit split = analysis.GainSplits.Single();
        (split.Resampling.Value + split.Reflection.Value).Should().BeApproximately(split.Total.Value, 1e-12);
        output.WriteLine($"{comparison.First} {comparison.Second}: only {comparison.OnlyFirst} / {comparison.OnlySecond}, p = {comparison.Test.ExactP:0.00000}, difference {Text(comparison.SolvedDifference)}");
        output.WriteLine($"gain after {split.Trials} trials {Text(split.Total)}: resampling {Text(split.Resampling)}, reflection {Text(split.Reflection)}");
    }

    private static string Text(IntervalEstimate estimate) => $"{estimate.Value:0.000} [{estimate.Low:0.000}, {estimate.High:0.000}]";
}
