using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class StableDrawTests
{
    [Fact]
    public void The_same_is_drawn_on_every_platform() =>
        new[] { StableDraw.Of(0, "", 0), StableDraw.Of(1, "episode", 2), StableDraw.Of(-1, "épisode", 3) }.Should().Equal(Expected);

    [Fact]
    public void Draws_are_uniform_over_names_numbers_and_seeds()
    {
        double[] draws = [.. Enumerable.Range(0, 3_000).SelectMany(i => new[] { StableDraw.Of(0, $"e{i}", 2), StableDraw.Of(i, "e", 2), StableDraw.Of(0, "e", i) })];

        draws.Should().OnlyContain(draw => draw >= 0 && draw < 1);
        int[] counts = [.. Enumerable.Range(0, 10).Select(tenth => draws.Count(draw => (int)(draw * 10) == tenth))];

        // Chi-square with 9 degrees of freedom; 27.9 is its 99.9 % quantile.
        counts.Sum(count => Math.Pow(count - 900, 2) / 900).Should().BeLessThan(27.9);
    }

    private static readonly double[] Expected = [0.38870754538924934, 0.9342179898204382, 0.6251454349075473];
}
