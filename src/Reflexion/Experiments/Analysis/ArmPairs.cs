namespace Reflexion;

/// <summary>The episodes of two arms at the same tasks with the same seeds, by task.</summary>
internal sealed class ArmPairs
{
    private ArmPairs(EpisodePair[][] tasks, int missing)
    {
        Tasks = tasks;
        Missing = missing;
        Count = tasks.Sum(pairs => pairs.Length);
    }

    /// <summary>The pairs of each task that has any.</summary>
    internal EpisodePair[][] Tasks { get; }

    /// <summary>How many pairs there are.</summary>
    internal int Count { get; }

    /// <summary>How many pairs there would be besides, if both their episodes counted.</summary>
    internal int Missing { get; }

    internal static ArmPairs Of(ExperimentResult result, string first, string second, AnalysisOptions options)
    {
        EpisodePair[] all =
        [
            .. result.EpisodesOf(first).Select(episode => new EpisodePair(episode, result.Find(second, episode.TaskId, episode.Seed)!)),
        ];
        EpisodePair[] counted = [.. all.Where(pair => options.Counts(pair.First) && options.Counts(pair.Second))];
        return new([.. counted.GroupBy(pair => pair.First.TaskId).Select(task => task.ToArray())], all.Length - counted.Length);
    }

    internal int CountWhere(Func<EpisodePair, bool> holds) => Tasks.Sum(pairs => pairs.Count(holds));

    /// <summary>The mean over pairs of a figure, whole tasks drawn for the interval; NaN where there are no pairs.</summary>
    internal IntervalEstimate Mean(ClusterBootstrap bootstrap, Func<EpisodePair, double> figure) => Estimate(bootstrap, pair => [figure(pair)], sums => sums[0] / sums[1]);

    /// <summary>A statistic of sums over pairs; after the figures' sums comes the number of pairs.</summary>
    internal IntervalEstimate Estimate(ClusterBootstrap bootstrap, Func<EpisodePair, double[]> figures, Func<double[], double> statistic) =>
        Count == 0 ? new(double.NaN, double.NaN, double.NaN) : bootstrap.Estimate([.. Tasks.Select(pairs => SumOf(pairs, figures))], statistic);

    private static double[] SumOf(EpisodePair[] pairs, Func<EpisodePair, double[]> figures)
    {
        double[][] all = [.. pairs.Select(figures)];
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Sum(figure => figure[i])), pairs.Length];
    }
}
