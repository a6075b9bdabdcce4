using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorLogTests
{
    [Fact]
    public void A_decision_is_rewarded_once()
    {
        var log = new SelectorLog();
        log.Add(Decisions.With("e", before: 0.25));

        log.Complete("e", 2, 1)!.Reward.Should().Be(0.75);
        log.Complete("e", 2, 1).Should().BeNull();
        log.Complete("e", null, 1).Should().BeNull();

        log.Open.Should().BeEmpty();
        log.Rewarded.Should().ContainSingle().Which.Reward.Should().Be(0.75);
    }

    [Fact]
    public void The_return_of_another_trial_or_episode_is_not_taken_for_its_own()
    {
        var log = new SelectorLog();
        log.Add(Decisions.With("e", trial: 3));

        log.Complete("e", 2, 1).Should().BeNull();
        log.Complete("f", null, 1).Should().BeNull();
        log.Complete("e", null, 1)!.Trial.Should().Be(3);
    }

    [Fact]
    public void An_episode_has_one_open_decision()
    {
        var log = new SelectorLog();
        log.Add(Decisions.With("e", trial: 2));
        log.Add(Decisions.With("e", trial: 3));

        log.Open.Should().ContainSingle().Which.Trial.Should().Be(3);
    }

    [Fact]
    public void The_oldest_are_forgotten_where_there_are_too_many()
    {
        var log = new SelectorLog(capacity: 2);
        foreach (string episode in (string[])["a", "b", "c"])
        {
            log.Add(Decisions.With(episode));
        }

        log.Open.Select(open => open.EpisodeId).Should().Equal("b", "c");
        foreach (string episode in (string[])["c", "b"])
        {
            log.Complete(episode, null, 1).Should().NotBeNull();
        }

        log.Add(Decisions.With("d"));
        log.Complete("d", null, 0);
        log.Rewarded.Select(rewarded => rewarded.EpisodeId).Should().Equal("b", "d");
    }

    [Fact]
    public void Bad_arguments_are_refused_and_leave_the_log_as_it_was()
    {
        var log = new SelectorLog();
        log.Add(Decisions.With("e"));

        FluentActions.Invoking(() => new SelectorLog(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => log.Add(Decisions.With("e", after: 1))).Should().Throw<ArgumentException>().WithMessage("*reward already*");
        FluentActions.Invoking(() => log.Add(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => log.Complete("e", null, 2)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => log.Complete(null!, null, 1)).Should().Throw<ArgumentNullException>();
        log.Open.Should().ContainSingle();
    }
}
