using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorDecisionTests
{
    [Fact]
    public void The_reward_is_the_change_in_return()
    {
        Decisions.With("e", after: 0.75, before: 0.5).Reward.Should().Be(0.25);
        Decisions.With("e").Reward.Should().BeNull();
        Decisions.With("e", before: 1).With(0.25).Reward.Should().Be(-0.75);
    }

    [Fact]
    public void What_could_not_be_learnt_from_is_refused()
    {
        SelectorArms arms = Decisions.Arms([1], [2]);
        var choice = new SelectorChoice(0, [0.5, 0.5]);
        Func<SelectorDecision>[] bad =
        [
            () => new(" ", "t", 2, arms, choice, 0),
            () => new("e", "", 2, arms, choice, 0),
            () => new("e", "t", 1, arms, choice, 0),
            () => new("e", "t", 2, null!, choice, 0),
            () => new("e", "t", 2, arms, default, 0),
            () => new("e", "t", 2, arms, new(0, [1]), 0),
            () => new("e", "t", 2, arms, new(0, [1, 0]), 0),
            () => new("e", "t", 2, arms, new(0, [0.5, double.NaN]), 0),
            () => new("e", "t", 2, arms, new(0, [0.5, 0.4]), 0),
            () => new("e", "t", 2, arms, new(2, [0.5, 0.5]), 0),
            () => new("e", "t", 2, arms, new(-1, [0.5, 0.5]), 0),
            () => new("e", "t", 2, arms, choice, 1.1),
            () => new("e", "t", 2, arms, choice, double.NaN),
            () => new("e", "t", 2, arms, choice, 0, -0.1),
        ];
        foreach (Func<SelectorDecision> make in bad)
        {
            make.Should().Throw<ArgumentException>();
        }
    }
}
