namespace Reflexion;

/// <summary>What of an arm's gain over its first trial plain retrying gains as well, and what is left for reflecting.</summary>
/// <remarks>
/// Trying again solves tasks by itself, because a model's answers differ from one trial to the next; a gain over the first trial
/// is therefore no proof of learning. Both gains start from the arm's own first trial, so that chance differences between first
/// trials cancel (a difference of differences); intervals draw whole tasks with both arms.
/// </remarks>
public sealed record GainSplit
{
    /// <summary>The arm that tries again without being told anything.</summary>
    public required string Retrying { get; init; }

    /// <summary>The arm that learns between trials.</summary>
    public required string Reflecting { get; init; }

    /// <summary>After how many trials the gains are measured: as many as both arms made at most.</summary>
    public required int Trials { get; init; }

    /// <summary>The share that the reflecting arm solves after all trials minus the share it solves in the first.</summary>
    public required IntervalEstimate Total { get; init; }

    /// <summary>The part of it that the retrying arm gains too.</summary>
    public required IntervalEstimate Resampling { get; init; }

    /// <summary>The rest, which reflecting gains or, below zero, loses.</summary>
    public required IntervalEstimate Reflection { get; init; }

    internal static GainSplit? Of(ExperimentResult result, ExperimentArmInfo retrying, ExperimentArmInfo reflecting, AnalysisOptions options, ClusterBootstrap bootstrap)
    {
        var pairs = ArmPairs.Of(result, retrying.Name, reflecting.Name, options);
        int trials = Math.Min(Longest(pairs, pair => pair.First), Longest(pairs, pair => pair.Second));
        return trials == 0 ? null : new()
        {
            Retrying = retrying.Name,
            Reflecting = reflecting.Name,
            Trials = trials,
            Total = pairs.Mean(bootstrap, pair => Gain(pair.Second, trials)),
            Resampling = pairs.Mean(bootstrap, pair => Gain(pair.First, trials)),
            Reflection = pairs.Mean(bootstrap, pair => Gain(pair.Second, trials) - Gain(pair.First, trials)),
        };
    }

    private static int Longest(ArmPairs pairs, Func<EpisodePair, EpisodeRecord> arm) =>
        pairs.Tasks.SelectMany(task => task).Select(pair => arm(pair).LastTrial).DefaultIfEmpty().Max();

    private static double Gain(EpisodeRecord episode, int trials) => (episode.IsSolvedAfter(trials) ? 1 : 0) - (episode.IsSolvedAfter(1) ? 1 : 0);
}
