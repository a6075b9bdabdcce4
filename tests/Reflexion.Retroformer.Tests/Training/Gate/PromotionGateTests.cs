using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class PromotionGateTests
{
    private static readonly string[] Tasks = [.. Enumerable.Range(0, 40).Select(i => $"task {i}")];
    private readonly PromotionGate _gate = new();

    [Fact]
    public void A_candidate_that_is_better_on_most_failures_is_promoted()
    {
        PromotionDecision decision = _gate.Decide(Tasks, Returns(i => i % 4 == 0 ? 1 : 0), Returns(i => i % 4 < 3 ? 1 : 0));

        decision.IsPromoted.Should().BeTrue();
        decision.Gain.Value.Should().Be(0.5);
        decision.Gain.Low.Should().BeInRange(0.2, 0.5);
        (decision.IncumbentReturn, decision.CandidateReturn).Should().Be((0.25, 0.75));
    }

    [Fact]
    public void A_gain_within_the_noise_is_not_enough()
    {
        PromotionDecision decision = _gate.Decide(Tasks, Returns(i => i % 2), Returns(i => i == 0 ? 1 : i % 2));

        decision.Gain.Value.Should().BeGreaterThan(0);
        decision.IsPromoted.Should().BeFalse();
    }

    [Fact]
    public void A_worse_or_equal_candidate_is_refused()
    {
        _gate.Decide(Tasks, Returns(_ => 1), Returns(i => i % 2)).IsPromoted.Should().BeFalse();
        _gate.Decide(Tasks, Returns(_ => 0.5), Returns(_ => 0.5)).IsPromoted.Should().BeFalse();
    }

    [Fact]
    public void Failures_at_one_task_tell_nothing_about_others() =>
        _gate.Decide([.. Tasks.Select(_ => "one")], Returns(_ => 0), Returns(_ => 1)).IsPromoted.Should().BeFalse();

    [Fact]
    public void Returns_must_be_paired()
    {
        Action none = () => _gate.Decide([], [], []);
        Action unpaired = () => _gate.Decide(["a", "b"], [1, 1], [1]);

        none.Should().Throw<ArgumentException>().WithMessage("There must be a failure, and each needs one return of either policy.*");
        unpaired.Should().Throw<ArgumentException>();
    }

    private static double[] Returns(Func<int, double> of) => [.. Enumerable.Range(0, Tasks.Length).Select(of)];
}
