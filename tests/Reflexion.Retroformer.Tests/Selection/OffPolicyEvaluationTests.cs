using System.Globalization;
using Reflexion.Retroformer;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Many logs of a policy whose rewards are known: estimates of another policy's value beside the true one.</summary>
public sealed class OffPolicyEvaluationTests(ITestOutputHelper output)
{
    private const int Logs = 600;
    private const int Decided = 150;

    private static readonly SelectorPolicy Logging = new([0, -0.5, 0.5], exploration: 0.3);
    private static readonly SelectorPolicy Target = new([0, 2, -1], exploration: 0.1);
    private static readonly SelectorPolicy Other = new([0, 0.5, 0.5], exploration: 0.1);

    [Fact]
    public void Intervals_hold_the_true_value_as_often_as_they_say()
    {
        double truth = TrueValue(Target);
        OffPolicyEstimate[] estimates = Simulate(log => OffPolicyEvaluation.Value(log, Target, new() { Resamples = 300 }));

        (string Name, Func<OffPolicyEstimate, IntervalEstimate> Of)[] kinds =
            [("IPS", estimate => estimate.Ips), ("SNIPS", estimate => estimate.Snips), ("DR", estimate => estimate.DoublyRobust)];
        Print($"true value {truth:0.0000}; {Logs} logs of {Decided}; effective sample {estimates.Average(each => each.EffectiveSampleShare):P0}, largest weight {estimates.Max(each => each.MaxWeight):0.0}");
        foreach ((string name, Func<OffPolicyEstimate, IntervalEstimate> of) in kinds)
        {
            Moments moments = Moments.Of([.. estimates.Select(of)], truth);
            Print($"{name,-6} bias {moments.Bias,8:0.0000} ± {moments.StandardError:0.0000}  spread {moments.Spread:0.0000}  width {moments.Width:0.000}  coverage {moments.Coverage:P1}");
            moments.Coverage.Should().BeInRange(0.92, 0.98, name);
            Math.Abs(moments.Bias).Should().BeLessThan(name == "SNIPS" ? 0.01 : 4 * moments.StandardError, $"{name} has no bias");
        }
    }

    [Fact]
    public void The_interval_of_a_gain_holds_the_true_gain_as_often_as_it_says()
    {
        double truth = TrueValue(Target) - TrueValue(Other);
        IntervalEstimate[] gains = Simulate(log => OffPolicyEvaluation.Gain(log, Target, Other, new() { Resamples = 300 }));

        Moments moments = Moments.Of(gains, truth);
        Print($"gain {truth:0.0000}  bias {moments.Bias:0.0000} ± {moments.StandardError:0.0000}  coverage {moments.Coverage:P1}");
        moments.Coverage.Should().BeInRange(0.92, 0.98);
        Math.Abs(moments.Bias).Should().BeLessThan(4 * moments.StandardError);
    }

    [Fact]
    public void The_policy_that_made_the_log_is_worth_the_mean_of_its_rewards()
    {
        SelectorDecision[] log = Decisions.Log(3, 300, Logging);
        double mean = log.Average(decision => decision.Reward!.Value);

        OffPolicyEstimate estimate = OffPolicyEvaluation.Value(log, Logging);

        estimate.Ips.Value.Should().BeApproximately(mean, 1e-12);
        estimate.Snips.Value.Should().BeApproximately(mean, 1e-12);
        estimate.EffectiveSampleShare.Should().BeApproximately(1, 1e-12);
        estimate.MaxWeight.Should().BeApproximately(1, 1e-12);
        OffPolicyEvaluation.Gain(log, Logging, Logging).Should().Be(new IntervalEstimate(0, 0, 0));
    }

    [Fact]
    public void Estimates_are_what_their_formulas_say()
    {
        // Weights π/μ by hand: the uniform policy over three arms, arms logged with 1/2, 1/4, 1/4.
        SelectorPolicy uniform = SelectorPolicy.Uniform(3);
        SelectorDecision[] log = [Decisions.With("a", 1, task: "a", arm: 0), Decisions.With("b", 0.5, task: "b", arm: 1), Decisions.With("c", 0, task: "c", arm: 2)];

        OffPolicyEstimate estimate = OffPolicyEvaluation.Value(log, uniform);

        estimate.Ips.Value.Should().BeApproximately((2 / 3.0 + 0.5 * 4 / 3.0) / 3, 1e-12);
        estimate.Snips.Value.Should().BeApproximately((2 / 3.0 + 0.5 * 4 / 3.0) / (10 / 3.0), 1e-12);
        estimate.EffectiveSampleShare.Should().BeApproximately(Math.Pow(10 / 3.0, 2) / (3 * (4 / 9.0 + 16 / 9.0 + 16 / 9.0)), 1e-12);
        estimate.MaxWeight.Should().BeApproximately(4 / 3.0, 1e-12);
    }

    [Fact]
    public void A_reward_model_makes_doubly_robust_estimates_the_narrowest()
    {
        OffPolicyEstimate estimate = OffPolicyEvaluation.Value(Decisions.Log(5, 2_000, Logging), Target);

        double Width(IntervalEstimate interval) => interval.High - interval.Low;
        Width(estimate.DoublyRobust).Should().BeLessThan(Width(estimate.Snips)).And.BeLessThan(Width(estimate.Ips));
    }

    [Fact]
    public void Decisions_of_one_task_count_as_one_group()
    {
        SelectorDecision[] log = Decisions.Log(1, 50, Logging);
        SelectorDecision[] sameTask = [.. log.Select(decision => new SelectorDecision("e", "one", 2, decision.Arms, decision.Choice, 0, decision.ReturnAfter))];

        OffPolicyEvaluation.Value(sameTask, Target).Ips.Low.Should().Be(double.NaN);
    }

    [Fact]
    public void Decisions_without_a_reward_are_left_out()
    {
        SelectorDecision[] log = Decisions.Log(1, 50, Logging);

        OffPolicyEvaluation.Value([.. log, Decisions.With("open")], Target).Should().Be(OffPolicyEvaluation.Value(log, Target));
        FluentActions.Invoking(() => OffPolicyEvaluation.Value([Decisions.With("open")], Target)).Should().Throw<ArgumentException>().WithMessage("*no decision with a reward*");
        FluentActions.Invoking(() => OffPolicyEvaluation.Gain(log, Target, Decisions.Policy(1))).Should().Throw<ArgumentException>().WithMessage("*3 features*1 weights*");
        FluentActions.Invoking(() => OffPolicyEvaluation.Value(null!, Target)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => OffPolicyEvaluation.Value(log, null!)).Should().Throw<ArgumentNullException>();
    }

    private static double TrueValue(SelectorPolicy policy)
    {
        var random = new Random(99);
        return Enumerable.Range(0, 100_000).Average(_ => Decisions.ValueOf(policy, Decisions.Draw(random)));
    }

    private static T[] Simulate<T>(Func<SelectorDecision[], T> estimate) =>
        [.. Enumerable.Range(0, Logs).AsParallel().AsOrdered().Select(seed => estimate(Decisions.Log(seed, Decided, Logging)))];

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Moments(double Bias, double StandardError, double Spread, double Width, double Coverage)
    {
        internal static Moments Of(IntervalEstimate[] estimates, double truth)
        {
            double mean = estimates.Average(each => each.Value);
            double spread = Math.Sqrt(estimates.Average(each => Math.Pow(each.Value - mean, 2)));
            return new(
                mean - truth,
                spread / Math.Sqrt(estimates.Length),
                spread,
                estimates.Average(each => each.High - each.Low),
                estimates.Average(each => each.Low <= truth && truth <= each.High ? 1.0 : 0.0));
        }
    }
}
