namespace Reflexion.Tests;

public sealed class JudgeAgreementTests
{
    [Fact]
    public void Verdicts_of_all_trials_are_compared_with_the_held_out_ones()
    {
        // Of ten tasks: 4 solved and seen, 1 taken for solved, 2 missed, 3 rightly refused.
        JudgeAgreement agreement = JudgeAgreement.Of(Enumerable.Range(0, 10).Select(i => Judged(i, seen: i < 5, heldOut: i is < 4 or 5 or 6)))!;

        agreement.Counts.Should().BeEquivalentTo(new { TruePositives = 4, FalsePositives = 1, FalseNegatives = 2, TrueNegatives = 3 });
        agreement.Agreement.Value.Should().BeApproximately(0.7, 1e-15);
        agreement.Kappa!.Value.Value.Should().BeApproximately(agreement.Counts.Kappa!.Value, 1e-12);
        agreement.FalsePositiveRate!.Value.Value.Should().Be(0.25);
        agreement.FalseNegativeRate!.Value.Value.Should().BeApproximately(1 / 3.0, 1e-12);
        agreement.Agreement.Low.Should().BeInRange(0.2, 0.7);
    }

    [Fact]
    public void What_is_not_defined_is_null()
    {
        JudgeAgreement agreement = JudgeAgreement.Of([Judged(0, true, true), Judged(1, true, true)])!;

        agreement.Agreement.Value.Should().Be(1);
        agreement.Kappa.Should().BeNull();
        agreement.FalsePositiveRate.Should().BeNull();
        agreement.FalseNegativeRate!.Value.Value.Should().Be(0);
    }

    [Fact]
    public void Trials_that_only_one_judged_do_not_count()
    {
        EpisodeRecord unseen = Judged(0, true, true);
        unseen = unseen with { Trials = [unseen.Trials[0] with { Score = null }, unseen.Trials[0] with { HeldOutSuccess = null }] };

        JudgeAgreement.Of([unseen]).Should().BeNull();
    }

    private static EpisodeRecord Judged(int task, bool seen, bool heldOut) => ExperimentSamples.Episode("a", ExperimentSamples.Name(task), seen ? 1 : null, trials: 1) is var episode
        ? episode with { Trials = [episode.Trials[0] with { HeldOutSuccess = heldOut, HeldOutScore = heldOut ? 1 : 0 }], JudgedByHeldOut = true }
        : episode;
}
