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
        // A third of the tasks are easy; a second try solves 0.2 of what is left, after a reflection 0.5. Truth: 0.3 × E[1 − p].
        const double Truth = 0.3 * (1 - (0.8 + 0.2 + 0.2) / 3);
        ExperimentArmInfo[] arms = [new("retry", ReflexionStrategy.Retry), new("reflexion", ReflexionStrategy.Reflexion)];
        ILookup<(string Arm, int Task), EpisodeRecord> tries = Enumerable.Range(0, 100)
            .SelectMany(task => arms.SelectMany(arm => new int?[] { null, 1, 2 }.Select(solvedIn => (
                Key: (arm.Name, task), Episode: ExperimentSamples.Episode(arm.Name, ExperimentSamples.Name(task), solvedIn, trials: 2)))))
            .ToLookup(made => made.Key, made => made.Episode);

        double coverage = Coverage.Of((random, bootstrap) =>
        {
            ExperimentResult result = ExperimentSamples.Result(
                Enumerable.Range(0, 100).SelectMany(i =>
                {
                    double p = random.Next(3) == 0 ? 0.8 : 0.2;
                    return new[] { tries[("retry", i)].ElementAt(Try(p, 0.2, random)), tries[("reflexion", i)].ElementAt(Try(p, 0.5, random)) };
                }),
                arms);
            return (GainSplit.Of(result, arms[0], arms[1], new(), bootstrap)!.Reflection, Truth);
        });

        output.WriteLine($"gain split: coverage {coverage:0.0000} of {Coverage.Simulations} simulations of 100 tasks");
        coverage.Should().BeInRange(0.93, 0.97);
    }

    /// <summary>In which trial a task is solved, or 0.</summary>
    private static int Try(double first, double second, Random random) => random.NextDouble() < first ? 1 : random.NextDouble() < second ? 2 : 0;
}
