using FsCheck;
using FsCheck.Fluent;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class JudgeCalibrationTests
{
    // κ: the worked examples of Wikipedia's "Cohen's kappa" (20/5/10/15, 45/15/25/15, 25/35/5/35).
    // Standard errors: the delta method with a numerical gradient over the four cells.
    [Theory]
    [InlineData(20, 5, 10, 15, 0.7, 0.5, 0.4, 0.12699606)]
    [InlineData(45, 15, 25, 15, 0.6, 0.54, 0.1304347826, 0.09866154)]
    [InlineData(25, 35, 5, 35, 0.6, 0.46, 0.2592592593, 0.07715973)]
    [InlineData(7, 1, 2, 90, 0.97, 0.8444, 0.8071979434, 0.10810873)]
    [InlineData(5, 0, 0, 5, 1, 0.5, 1, 0)]
    [InlineData(0, 5, 5, 0, 0, 0.5, -1, 0)]
    public void Kappa_equals_published_examples(int bothYes, int judgedOnly, int labelledOnly, int bothNo, double agreement, double chance, double kappa, double error)
    {
        JudgeCalibration calibration = Of(bothYes, judgedOnly, labelledOnly, bothNo);
        calibration.Agreement.Should().BeApproximately(agreement, 1e-9);
        calibration.ChanceAgreement.Should().BeApproximately(chance, 1e-9);
        calibration.Kappa.Should().BeApproximately(kappa, 1e-9);
        calibration.KappaStandardError.Should().BeApproximately(error, 1e-7);
        calibration.KappaInterval!.Value.Low.Should().BeApproximately(Math.Max(-1, kappa - 1.959963985 * error), 1e-6);
        calibration.KappaInterval!.Value.High.Should().BeApproximately(Math.Min(1, kappa + 1.959963985 * error), 1e-6);
    }

    [Fact]
    public void The_confusion_matrix_gives_the_other_measures()
    {
        JudgeCalibration calibration = Of(20, 5, 10, 15);
        (calibration.TruePositives, calibration.FalsePositives, calibration.FalseNegatives, calibration.TrueNegatives, calibration.Count, calibration.Abstained).Should().Be((20, 5, 10, 15, 50, 0));
        calibration.Precision.Should().Be(0.8);
        calibration.Recall.Should().BeApproximately(2.0 / 3, 1e-12);
        calibration.FalsePositiveRate.Should().Be(0.25);
    }

    [Fact]
    public void What_is_not_defined_is_null()
    {
        JudgeCalibration allNo = Of(0, 0, 0, 3);
        (allNo.Kappa, allNo.KappaStandardError, allNo.KappaInterval, allNo.Precision, allNo.Recall, allNo.FalsePositiveRate).Should().Be((null, null, null, null, null, 0));
        JudgeCalibration allYes = Of(3, 0, 0, 0);
        (allYes.Agreement, allYes.Kappa, allYes.FalsePositiveRate, allYes.Precision, allYes.Recall).Should().Be((1, null, null, 1, 1));
        // One rater is constant, the other is not: chance does not agree fully, and κ is 0.
        Of(2, 2, 0, 0).Kappa.Should().Be(0);
    }

    [Fact]
    public void Kappa_and_its_interval_stay_in_range() => Prop.ForAll(Gen.Choose(0, 12).Four().ToArbitrary(), cells =>
    {
        (int a, int b, int c, int d) = cells;
        if (a + b + c + d == 0)
        {
            return true;
        }

        JudgeCalibration calibration = Of(a, b, c, d);
        return calibration.Kappa is not { } kappa
            || (kappa is >= -1 - 1e-12 and <= 1 + 1e-12 && calibration.KappaInterval is var (low, high) && low >= -1 && high <= 1 && low <= kappa + 1e-12 && kappa <= high + 1e-12
                && Math.Abs(kappa - Of(a, c, b, d).Kappa!.Value) < 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_pairs_there_is_nothing_to_measure() =>
        FluentActions.Invoking(() => JudgeCalibration.FromPairs([])).Should().Throw<ArgumentException>().WithMessage("A calibration needs at least one example with a verdict.*");

    [Fact]
    public async Task An_evaluator_is_run_over_labelled_examples()
    {
        LabelledTrajectory[] examples =
        [
            Example("Creed", solved: true), Example("creed!", solved: true), Example("Alter Bridge", solved: false), Example("Creed", solved: false), Example("Scott", solved: true),
        ];
        JudgeCalibration calibration = await JudgeCalibration.CalibrateAsync(new ExactMatchEvaluator(), examples);
        (calibration.TruePositives, calibration.FalsePositives, calibration.FalseNegatives, calibration.TrueNegatives).Should().Be((2, 1, 1, 1));
    }

    [Fact]
    public async Task Abstentions_are_counted_apart_and_calls_are_charged_to_the_run()
    {
        var client = new ScriptedChatClient().Otherwise(request => request.Text.Contains("Answer: good") ? """{"score": 1, "success": true}""" : "hm");
        var run = new EpisodeRun("c");
        JudgeCalibration calibration = await JudgeCalibration.CalibrateAsync(
            new LlmJudgeEvaluator(client), [Example("good", true), Example("odd", true), Example("odd", false)], run, maxConcurrency: 1);
        (calibration.Count, calibration.Abstained, calibration.TruePositives).Should().Be((1, 2, 1));
        run.Ledger.Snapshot().Total.Calls.Should().Be(5);
    }

    [Fact]
    public async Task A_failing_evaluator_fails_the_calibration() =>
        await FluentActions.Awaiting(() => JudgeCalibration.CalibrateAsync(new ExactMatchEvaluator(), [new(EvaluationSamples.Task, EvaluationSamples.Searched, true)]))
            .Should().ThrowAsync<MissingReferencesException>();

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await FluentActions.Awaiting(() => JudgeCalibration.CalibrateAsync(null!, [])).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => JudgeCalibration.CalibrateAsync(new ExactMatchEvaluator(), null!)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => JudgeCalibration.CalibrateAsync(new ExactMatchEvaluator(), [], maxConcurrency: 0)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => JudgeCalibration.CalibrateAsync(new ExactMatchEvaluator(), [])).Should().ThrowAsync<ArgumentException>();
        FluentActions.Invoking(() => JudgeCalibration.FromPairs(null!)).Should().Throw<ArgumentNullException>();
    }

    private static LabelledTrajectory Example(string answer, bool solved) => new(EvaluationSamples.Task, EvaluationSamples.Answered(answer), solved) { References = ["Creed"] };

    private static JudgeCalibration Of(int bothYes, int judgedOnly, int labelledOnly, int bothNo) => JudgeCalibration.FromPairs(
    [
        .. Enumerable.Repeat((true, true), bothYes),
        .. Enumerable.Repeat((true, false), judgedOnly),
        .. Enumerable.Repeat((false, true), labelledOnly),
        .. Enumerable.Repeat((false, false), bothNo),
    ]);
}
