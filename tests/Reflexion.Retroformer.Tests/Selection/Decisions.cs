using System.Collections.Immutable;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Arms, policies and logs with known values.</summary>
internal static class Decisions
{
    internal static SelectorArms Arms(params double[][] features) => new([.. features.Select(arm => arm.ToImmutableArray())]);

    internal static SelectorPolicy Policy(params double[] weights) => new([.. weights]);

    /// <summary>A state with a null arm and two others, as different from the next one as chance makes it; the first feature is constant.</summary>
    internal static SelectorArms Draw(Random random) => Arms(
        [1, 0, 0],
        [1, random.NextDouble(), random.NextDouble()],
        [1, random.NextDouble(), random.NextDouble()]);

    /// <summary>The chance that a trial with an arm succeeds; not linear in the features, so that the reward model is wrong.</summary>
    internal static double SuccessOf(ReadOnlySpan<double> arm) => 0.2 + 0.6 * arm[1] * arm[1] - 0.15 * arm[2];

    internal static double ValueOf(SelectorPolicy policy, SelectorArms arms) =>
        policy.Propensities(arms).Select((share, arm) => share * SuccessOf(arms.Features[arm].AsSpan())).Sum();

    /// <summary>A decision made under a policy, with a reward of 0 or 1.</summary>
    internal static SelectorDecision Make(Random random, SelectorPolicy policy, string task, SelectorArms? arms = null)
    {
        arms ??= Draw(random);
        SelectorChoice choice = policy.Choose(arms, random.NextDouble());
        return new("e", task, 2, arms, choice, 0, random.NextDouble() < SuccessOf(arms.Features[choice.Arm].AsSpan()) ? 1 : 0);
    }

    internal static SelectorDecision[] Log(int seed, int count, SelectorPolicy policy)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(at => Make(random, policy, $"t{at}"))];
    }

    internal static SelectorDecision With(string episode, double? after = null, double before = 0, int trial = 2, string task = "t", int arm = 1) =>
        new(episode, task, trial, Arms([1, 0, 0], [1, 1, 0], [1, 0, 1]), new(arm, [0.5, 0.25, 0.25]), before, after);
}
