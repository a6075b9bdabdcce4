using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>What a reward model learns from at once: one refinement and its reward, or two with the better one first.</summary>
internal readonly record struct RatedItem(ImmutableArray<TrainingSequence> Sequences, double Reward)
{
    public static ImmutableArray<RatedItem> Of(IEnumerable<Experience> experiences, RewardModelOptions options, int endId)
    {
        ImmutableArray<RefinementGroup> groups = RefinementGroup.Of(experiences);
        return options.Objective == RewardModelObjective.Regression
            ? [.. groups.SelectMany(group => group.Samples).Select(sample => new RatedItem([Sequence(sample, endId)], Rating(sample)))]
            : [.. groups.SelectMany(group => Pairs(group.Samples, options.MinMargin, endId))];
    }

    private static IEnumerable<RatedItem> Pairs(ImmutableArray<Experience> samples, double minMargin, int endId) =>
        from better in samples
        from worse in samples
        let margin = Rating(better) - Rating(worse)
        where margin > 0 && margin >= minMargin
        select new RatedItem([Sequence(better, endId), Sequence(worse, endId)], margin);

    private static double Rating(Experience sample) => sample.Gain ?? sample.DeltaG;

    private static TrainingSequence Sequence(Experience sample, int endId) => RewardSequence.Of(new(sample.PromptIds, sample.RefinementIds), endId);
}
