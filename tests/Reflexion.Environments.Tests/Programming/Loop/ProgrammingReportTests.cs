using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class ProgrammingReportTests
{
    [Fact]
    public void Own_tests_are_held_against_hidden_ones()
    {
        ProgrammingReport report = ProgrammingReport.Of(
        [
            Episode((true, true)),
            Episode((false, true), (true, false)),
            Episode((false, false), (false, false), (true, true)),
            Episode((false, null)),
        ]);

        report.Should().BeEquivalentTo(new { Problems = 4, Solved = 2, PassAt1 = 0.5, Unjudged = 1, Final = new TestConfusion(2, 1, 0, 0), Trials = new TestConfusion(2, 1, 1, 2) });
        report.SolvedByTrial.Should().Equal(2, 1, 2);
        report.Trials.FalsePositiveShare.Should().Be(1.0 / 3);
        report.Trials.FalseNegativeShare.Should().Be(1.0 / 3);
        report.Trials.Total.Should().Be(6);
        report.ToString().Should().Be(
            "pass@1 50.0 % (2 of 4)\nafter trial 1: 2 of 4 solved\nafter trial 2: 1 of 4 solved\nafter trial 3: 2 of 4 solved\n"
            + "final programs: own and hidden tests pass 2, own alone 1 (false positives), hidden alone 0 (false negatives), neither 0\n"
            + "all trials: own and hidden tests pass 2, own alone 1 (false positives), hidden alone 1 (false negatives), neither 2; 1 without both verdicts");
    }

    [Fact]
    public void No_episodes_are_no_division_by_zero()
    {
        ProgrammingReport report = ProgrammingReport.Of([]);

        report.PassAt1.Should().Be(0);
        report.Final.FalsePositiveShare.Should().Be(0);
        report.Final.FalseNegativeShare.Should().Be(0);
        report.SolvedByTrial.Should().BeEmpty();
    }

    private static Episode Episode(params (bool Own, bool? Hidden)[] trials) => new()
    {
        Id = "e",
        Task = new("t", "do"),
        Strategy = ReflexionStrategy.Reflexion,
        StopReason = StopReason.Success,
        Trials = [.. trials.Select((verdict, index) => new Trial
        {
            Number = index + 1,
            Prompt = ActorPrompt.Empty,
            Trajectory = new() { End = TrajectoryEnd.Answered },
            Evaluation = Verdict(verdict.Own),
            HeldOutEvaluation = verdict.Hidden is { } hidden ? Verdict(hidden) : null,
        })],
    };

    private static TrajectoryEvaluation Verdict(bool success) => success ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("no");
}
