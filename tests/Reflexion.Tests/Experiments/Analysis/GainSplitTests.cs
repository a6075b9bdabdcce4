using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class GainSplitTests(ITestOutputHelper output)
{
    [Fact]
    public void What_retrying_gains_too_is_not_put_down_to_reflection()
    {
        // Of ten tasks retrying solves 2, then 4; reflecting 3, then 8.
        GainSplit split = ExperimentAnalysis.Of(ExperimentSamples.TwoArms(
            (1, 1), (1, 1), (2, 1), (3, 2), (0, 2), (0, 2), (0, 3), (0, 3), (0, 0), (0, 0))).GainSplits.Single();

        split.Should().BeEquivalentTo(new { Retrying = "retry", Reflecting = "reflexion", Trials = 3 });
        split.Total.Value.Should().BeApproximately(0.5, 1e-15);
        split.Resampling.Value.Should().BeApproximately(0.2, 1e-15);
        split.Reflection.Value.Should().BeApproximately(0.3, 1e-15);
    }

    [Fact]
    public void Gains_are_measured_after_as_many_trials_as_both_made()
    {
        ExperimentResult result = ExperimentSamples.Result(
        [
            ExperimentSamples.Episode("retry", "t1", null, trials: 2),
            ExperimentSamples.Episode("reflexion", "t1", 3),
            ExperimentSamples.Episode("retry", "t2", 2),
            ExperimentSamples.Episode("reflexion", "t2", 2),
        ]);

        GainSplit split = ExperimentAnalysis.Of(result).GainSplits.Single();

        split.Trials.Should().Be(2);
        split.Total.Value.Should().Be(0.5);
        split.Reflection.Value.Should().Be(0);
    }

    [Fact]
    public void Only_arms_of_one_model_and_variant_are_split()
    {
        ExperimentArmInfo[] arms =
        [
            new("small retry", ReflexionStrategy.Retry) { Model = "small" },
            new("small reflexion", ReflexionStrategy.Reflexion) { Model = "small" },
            new("large reflexion", ReflexionStrategy.Reflexion) { Model = "large" },
            new("small terse", ReflexionStrategy.LastAttempt) { Model = "small", Variant = "terse" },
        ];

        ExperimentAnalysis analysis = ExperimentAnalysis.Of(ExperimentSamples.Result(arms.Select(arm => ExperimentSamples.Episode(arm.Name, "t1", 1)), arms));

        analysis.GainSplits.Select(split => split.Reflecting).Should().Equal("small reflexion");
    }

    [Fact]
    public void The_interval_of_the_reflections_part_holds_the_truth_in_93_to_97_percent_of_simulations()
    {
        // The standard error is one per cent; of the same data Student's interval holds the truth in 0.944.
        var random = new Random(10);
        const int Simulations = 500;
        int held = 0;
        ExperimentArmInfo[] arms = [new("retry", ReflexionStrategy.Retry), new("reflexion", ReflexionStrategy.Reflexion)];
        for (int simulation = 0; simulation < Simulations; simulation++)
        {
            // A third of the tasks are easy; a second try solves 0.2 of what is left, after a reflection 0.5. Truth: 0.3 × E[1 − p].
            ExperimentResult result = ExperimentSamples.Result(
                Enumerable.Range(0, 100).SelectMany(i =>
                {
                    double p = random.Next(3) == 0 ? 0.8 : 0.2;
                    return new[] { Try("retry", i, p, 0.2, random), Try("reflexion", i, p, 0.5, random) };
                }),
                arms);
            IntervalEstimate reflection = GainSplit.Of(result, arms[0], arms[1], new(), new(new() { Resamples = 400, Seed = simulation }))!.Reflection;
            const double Truth = 0.3 * (1 - (0.8 + 0.2 + 0.2) / 3);
            held += reflection.Low <= Truth + 1e-9 && Truth - 1e-9 <= reflection.High ? 1 : 0;
        }

        output.WriteLine($"gain split: coverage {(double)held / Simulations:0.000} of {Simulations} simulations of 100 tasks");
        ((double)held / Simulations).Should().BeInRange(0.93, 0.97);
    }

    private static EpisodeRecord Try(string arm, int task, double first, double second, Random random) => ExperimentSamples.Episode(
        arm, ExperimentSamples.Name(task), random.NextDouble() < first ? 1 : random.NextDouble() < second ? 2 : null, trials: 2);
}
