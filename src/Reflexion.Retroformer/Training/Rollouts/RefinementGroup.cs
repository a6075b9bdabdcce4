using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Refinements for one failure, which share its prompt.</summary>
/// <param name="Samples">The refinements and what came of them.</param>
internal sealed record RefinementGroup(ImmutableArray<Experience> Samples)
{
    /// <summary>Recorded experiences by what the model was shown.</summary>
    public static ImmutableArray<RefinementGroup> Of(IEnumerable<Experience> experiences) =>
    [
        .. experiences.Select(Checked)
            .GroupBy(experience => string.Join(',', experience.PromptIds))
            .Select(group => new RefinementGroup([.. group])),
    ];

    private static Experience Checked(Experience experience) =>
        !experience.PromptIds.IsEmpty && !experience.RefinementIds.IsEmpty && experience.LogProbs.Length == experience.RefinementIds.Length
            ? experience
            : throw new ArgumentException(
                $"The experience of trial {experience.Trial} of '{experience.EpisodeId}' has no tokens, or not a log-probability for each; record them, or use it for supervised training only.",
                nameof(experience));
}
