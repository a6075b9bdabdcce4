using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Experiences as the examples that other trainers learn from. Retries without a refinement and empty refinements are left out: there is nothing to learn to write.</summary>
/// <remarks>The reward is ΔG (Yao et al. 2023, section 4.2) where no other one is given, such as the gain over the null arm.</remarks>
public static class ExperienceExport
{
    /// <summary>Chats to imitate: the positively rated refinements (Yao et al. 2023, section 4.3).</summary>
    /// <param name="experiences">The experiences.</param>
    /// <param name="reward">The reward of one; null for <see cref="Experience.DeltaG"/>.</param>
    /// <param name="above">Refinements with a reward above this are taken. Default 0.</param>
    /// <returns>In the order of the experiences.</returns>
    public static IEnumerable<SftExample> ToSft(this IEnumerable<Experience> experiences, Func<Experience, double>? reward = null, double above = 0)
    {
        Func<Experience, double> rewardOf = reward ?? DeltaG;
        return Written(experiences).Where(experience => rewardOf(experience) > above).Select(experience => new SftExample([.. Prompt(experience), .. Answer(experience)]));
    }

    /// <summary>Pairs of refinements of one state whose rewards differ.</summary>
    /// <param name="experiences">The experiences; those of the same task and prompt make pairs.</param>
    /// <param name="reward">The reward of one; null for <see cref="Experience.DeltaG"/>.</param>
    /// <param name="minMargin">The least difference of rewards, above 0. Default 0.01.</param>
    /// <returns>Every pair, by state in the order of the first experience of each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public static IEnumerable<DpoPair> ToDpo(this IEnumerable<Experience> experiences, Func<Experience, double>? reward = null, double minMargin = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minMargin);
        Func<Experience, double> rewardOf = reward ?? DeltaG;
        return Written(experiences)
            .GroupBy(experience => (experience.TaskId, experience.Instructions, experience.Prompt))
            .SelectMany(state => Pairs([.. state], rewardOf, minMargin));
    }

    /// <summary>States with what was written and the reward.</summary>
    /// <param name="experiences">The experiences.</param>
    /// <param name="reward">The reward of one; null for <see cref="Experience.DeltaG"/>.</param>
    /// <returns>In the order of the experiences.</returns>
    public static IEnumerable<RlPrompt> ToRl(this IEnumerable<Experience> experiences, Func<Experience, double>? reward = null)
    {
        Func<Experience, double> rewardOf = reward ?? DeltaG;
        return Written(experiences).Select(experience => new RlPrompt(Prompt(experience), Answer(experience), rewardOf(experience)));
    }

    private static double DeltaG(Experience experience) => experience.DeltaG;

    private static IEnumerable<Experience> Written(IEnumerable<Experience> experiences)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        return experiences.Where(experience => !string.IsNullOrWhiteSpace(experience.Refinement));
    }

    private static IEnumerable<DpoPair> Pairs(ImmutableArray<Experience> state, Func<Experience, double> reward, double minMargin) =>
        from better in state
        from worse in state
        let margin = reward(better) - reward(worse)
        where margin >= minMargin && better.Refinement != worse.Refinement
        select new DpoPair(Prompt(better), Answer(better), Answer(worse), margin);

    private static ImmutableArray<DatasetMessage> Prompt(Experience experience) => experience.Instructions is { } instructions
        ? [new(DatasetMessage.System, instructions), new(DatasetMessage.User, experience.Prompt)]
        : [new(DatasetMessage.User, experience.Prompt)];

    private static ImmutableArray<DatasetMessage> Answer(Experience experience) => [new(DatasetMessage.Assistant, experience.Refinement)];
}
