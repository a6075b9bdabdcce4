using System.Collections.Immutable;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class NullArmTests
{
    private static readonly Experience s_written = Samples.Experience("look in the sink", 0.2, 0.8);

    [Fact]
    public void Retries_are_joined_by_task_and_trial_and_taken_out()
    {
        ImmutableArray<Experience> joined = NullArm.Join(
        [
            s_written,
            Retry(0.25),
            Retry(0.75) with { Prompt = "another state" },
            Retry(1) with { Trial = 3 },
            Retry(1) with { TaskId = "t2" },
            s_written with { TaskId = "t3" },
        ]);

        joined.Select(experience => experience.TaskId).Should().Equal("t1", "t3");
        joined[0].NullReturns.Should().Equal(0.25, 0.75);
        joined[0].Gain.Should().BeApproximately(0.3, 1e-12);
        joined[1].Should().BeEquivalentTo(s_written with { TaskId = "t3" });
        joined[1].Gain.Should().BeNull();
    }

    [Fact]
    public void Or_by_the_very_state() =>
        NullArm.Join([s_written, Retry(0.25) with { Trial = 9 }, Retry(0.75) with { Prompt = "another state" }], NullArmMatch.State)
            .Should().ContainSingle().Which.NullReturns.Should().Equal(0.25);

    [Fact]
    public void What_only_ended_is_no_retry()
    {
        Experience ended = Retry(0.5) with { RefinementIds = [2], LogProbs = [-1] };

        NullArm.Join([ended]).Should().ContainSingle().Which.IsNullArm.Should().BeFalse();
    }

    [Fact]
    public void Returns_add_up_and_are_checked()
    {
        s_written.WithNullReturns(0.5).WithNullReturns(0, 1).NullReturns.Should().Equal(0.5, 0, 1);
        foreach (double wrong in (double[])[-0.01, 1.01, double.NaN])
        {
            FluentActions.Invoking(() => s_written.WithNullReturns(0.5, wrong)).Should().Throw<ArgumentOutOfRangeException>();
        }

        FluentActions.Invoking(() => NullArm.Join([], (NullArmMatch)2)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Experience Retry(double after) => s_written with { Refinement = "", RefinementIds = [], LogProbs = [], ReturnAfter = after };
}
