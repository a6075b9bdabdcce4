using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>What a refinement is rewarded with.</summary>
internal static class RewardScale
{
    /// <summary>ΔG, from the null arm or the failed trial, less what the tokens cost.</summary>
    public static double Of(Experience experience, RetrospectiveTrainerOptions options) =>
        (options.MeasuresFromNullArm ? experience.Gain ?? experience.DeltaG : experience.DeltaG) - (options.CostPerToken * experience.RefinementIds.Length);

    /// <summary>The rewards of all groups, given to other refinements at random where the options ask for the negative control.</summary>
    public static double[][] Of(ImmutableArray<RefinementGroup> groups, RetrospectiveTrainerOptions options, SeedTree seeds)
    {
        double[] all = [.. groups.SelectMany(group => group.Samples).Select(sample => Of(sample, options))];
        if (options.ShufflesRewards)
        {
            seeds.Random().Shuffle(all);
        }

        int next = 0;
        return [.. groups.Select(group => all[next..(next += group.Samples.Length)])];
    }
}
