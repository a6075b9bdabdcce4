using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class OptimiserTests
{
    [Fact]
    public void A_constant_rate_rises_over_the_warm_up_and_stays()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Constant(warmupSteps: 4);

        Factors(schedule, 6).Should().Equal(0.25, 0.5, 0.75, 1, 1, 1);
    }

    [Fact]
    public void A_linear_rate_falls_to_its_floor_and_stays_there()
    {
        Factors(LearningRateSchedule.Linear(6, warmupSteps: 2), 8).Should().Equal(0.5, 1, 1, 0.75, 0.5, 0.25, 0, 0);
        Factors(LearningRateSchedule.Linear(2, floor: 0.2), 4).Should().Equal([1, 0.6, 0.2, 0.2], (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_cosine_rate_falls_along_half_a_cosine() =>
        Factors(LearningRateSchedule.Cosine(4, floor: 0.1), 6).Should().Equal(
            [1, 0.1 + (0.45 * (1 + Math.Sqrt(0.5))), 0.55, 0.1 + (0.45 * (1 - Math.Sqrt(0.5))), 0.1, 0.1], (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void Impossible_schedules_are_refused()
    {
        FluentActions.Invoking(() => LearningRateSchedule.Constant(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LearningRateSchedule.Linear(3, 3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*more updates than the 3*");
        FluentActions.Invoking(() => LearningRateSchedule.Cosine(3, 0, 1.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*share*");
        LearningRateSchedule.Constant().Invoking(schedule => schedule.FactorAt(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        AdamWOptions[] wrong =
        [
            new() { LearningRate = -1 }, new() { LearningRate = double.PositiveInfinity }, new() { Beta1 = 1 }, new() { Beta2 = -0.1 }, new() { Epsilon = 0 },
            new() { WeightDecay = double.NaN }, new() { MaxGradientNorm = 0 },
        ];

        wrong.Should().AllSatisfy(options => options.Invoking(o => o.Validate()).Should().Throw<ArgumentOutOfRangeException>());
        new AdamWOptions { MaxGradientNorm = null, WeightDecay = 0, Beta1 = 0, LearningRate = 0 }.Invoking(o => o.Validate()).Should().NotThrow();
    }

    // Worked out by hand from the paper's algorithm 2: the first step is the rate in the gradient's direction, after decay.
    [Fact]
    public unsafe void The_first_step_is_the_rate_whatever_the_gradients_size()
    {
        using var pool = new WorkerPool(1);
        using var parameters = new ParameterBlock<double>([new("p", 1, 3)]);
        using ParameterBlock<double> gradients = parameters.EmptyCopy();
        using var optimizer = new AdamW<double>(parameters, new() { LearningRate = 0.1, WeightDecay = 0.5, MaxGradientNorm = null }, LearningRateSchedule.Constant());
        Stores.Set(parameters["p"], [2, -1, 0]);
        Stores.Set(gradients["p"], [1e-3, -50, 0]);

        UpdateReport report = optimizer.Update(pool, gradients);

        report.GradientNorm.Should().BeApproximately(50, 1e-6);
        Stores.Get(parameters["p"]).Should().Equal([(2 * 0.95) - 0.1, (-1 * 0.95) + 0.1, 0], (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public unsafe void Clipping_scales_all_gradients_to_the_norm_allowed()
    {
        using var pool = new WorkerPool(1);
        using var parameters = new ParameterBlock<double>([new("p", 1, 2)]);
        using ParameterBlock<double> gradients = parameters.EmptyCopy();
        using var optimizer = new AdamW<double>(parameters, new() { MaxGradientNorm = 1 }, LearningRateSchedule.Constant());
        Stores.Set(gradients["p"], [3, 4]);

        optimizer.Update(pool, gradients);

        Stores.Get(optimizer.First["p"]).Should().Equal([0.06, 0.08], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private static double[] Factors(LearningRateSchedule schedule, int steps) => [.. Enumerable.Range(1, steps).Select(step => schedule.FactorAt(step))];
}
