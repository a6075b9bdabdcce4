using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorRewardModelTests
{
    [Fact]
    public void It_solves_the_equations_of_ridge_regression()
    {
        const double Ridge = 0.5;
        var random = new Random(2);
        (double[] X, double Y)[] rows = [.. Enumerable.Range(0, 40).Select(_ => (new[] { 1, random.NextDouble(), random.NextDouble() }, random.NextDouble()))];
        var model = new SelectorRewardModel(3, Ridge);
        foreach ((double[] x, double y) in rows)
        {
            model.Learn(x, y);
        }

        // (λI + XᵀX)·θ = Xᵀy
        for (int i = 0; i < 3; i++)
        {
            double left = Ridge * model.Coefficients[i] + rows.Sum(row => row.X[i] * model.Predict(row.X));
            left.Should().BeApproximately(rows.Sum(row => row.X[i] * row.Y), 1e-10);
        }
    }

    [Fact]
    public void It_predicts_what_is_linear()
    {
        var random = new Random(3);
        var model = new SelectorRewardModel(2, 1e-6);
        for (int i = 0; i < 50; i++)
        {
            double x = random.NextDouble();
            model.Learn([1, x], 0.25 - 0.5 * x);
        }

        model.Predict([1, 0.5]).Should().BeApproximately(0, 1e-4);
    }

    [Fact]
    public void Only_the_chosen_arms_reward_is_corrected_by_what_was_seen()
    {
        var model = new SelectorRewardModel([0.1, 0.2, 0.3], new double[9]);

        model.DoublyRobust(Decisions.With("e", after: 1, before: 0.5)).Should()
            .Equal([0.1, 0.3 + (0.5 - 0.3) / 0.25, 0.4], (one, other) => Math.Abs(one - other) < 1e-12);
    }
}
