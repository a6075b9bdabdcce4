namespace Reflexion.Tests;

/// <summary>How often bootstrap intervals hold the truth, by simulation.</summary>
internal static class Coverage
{
    /// <summary>So many that the standard error of a coverage of 95 % is a third of a per cent, and the outcome no matter of the seed.</summary>
    internal const int Simulations = 4_000;

    // Ends often lie just where the truth does, since shares of a hundred tasks are whole per cents.
    private const double Rounding = 1e-9;

    // Simulations that use the same draws; many sets of draws, so that none decides the outcome.
    private const int SharingDraws = 20;

    /// <summary>The coverage of a 95 % interval of a ratio of two sums.</summary>
    /// <param name="tasks">How many tasks there are in a simulation.</param>
    /// <param name="draw">Draws what a task adds to both sums, and tells the true ratio.</param>
    internal static double Of(int tasks, Func<Random, (double[] Sums, double Truth)> draw) => Of((random, bootstrap) =>
    {
        (double[] Sums, double Truth)[] drawn = [.. Enumerable.Range(0, tasks).Select(_ => draw(random))];
        return (bootstrap.Estimate([.. drawn.Select(task => task.Sums)], sums => sums[0] / sums[1]), drawn[0].Truth);
    });

    /// <summary>The coverage of intervals.</summary>
    /// <param name="simulate">Makes one simulation's interval, and tells the truth.</param>
    internal static double Of(Func<Random, ClusterBootstrap, (IntervalEstimate Interval, double Truth)> simulate)
    {
        var random = new Random(1);
        var bootstrap = new ClusterBootstrap();
        int held = 0;
        for (int simulation = 0; simulation < Simulations; simulation++)
        {
            bootstrap = simulation % SharingDraws == 0 ? new(new() { Resamples = 600, Seed = random.Next() }) : bootstrap;
            (IntervalEstimate interval, double truth) = simulate(random, bootstrap);
            held += interval.Low <= truth + Rounding && truth - Rounding <= interval.High ? 1 : 0;
        }

        return (double)held / Simulations;
    }
}
