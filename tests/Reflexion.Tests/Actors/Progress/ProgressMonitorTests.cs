using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class ProgressMonitorTests
{
    private static readonly ProgressOptions CyclesOnly = new() { MaxConsecutiveMalformed = null, MaxStepsWithoutNews = null };
    private static readonly ProgressOptions NewsOnly = new() { CycleRepeats = null, MaxConsecutiveMalformed = null, MaxStepsWithoutNews = 3 };

    [Fact]
    public void The_same_step_three_times_in_a_row_is_a_cycle()
    {
        var monitor = new ProgressMonitor(CyclesOnly);

        monitor.Record(Step("look", "a room")).Should().BeNull();
        monitor.Record(Step("look", "a room")).Should().BeNull();
        monitor.Record(Step("look", "a room")).Should().Be(
            new ActorFinished(TrajectoryEnd.Cycle, null, "The same action led to the same observation 3 times in a row."));
    }

    [Theory]
    [InlineData("ababab", 6, 2)]
    [InlineData("xabcabcabc", 10, 3)]
    [InlineData("abacabacabac", 12, 4)]
    [InlineData("aabaabaab", 9, 3)]
    public void A_round_of_any_length_is_a_cycle_when_it_ends_for_the_third_time(string actions, int endsAfter, int period)
    {
        var monitor = new ProgressMonitor(CyclesOnly);

        ActorFinished?[] verdicts = [.. actions.Select(action => monitor.Record(Step(action.ToString(), "seen")))];

        verdicts[..(endsAfter - 1)].Should().AllSatisfy(verdict => verdict.Should().BeNull());
        verdicts[endsAfter - 1].Should().Be(
            new ActorFinished(TrajectoryEnd.Cycle, null, $"The same {period} actions led to the same observations 3 times in a row."));
    }

    [Fact]
    public void The_same_action_with_other_observations_is_no_cycle()
    {
        var monitor = new ProgressMonitor(CyclesOnly);

        Enumerable.Range(0, 20).Select(n => monitor.Record(Step("next page", $"page {n}"))).ToArray().Should().AllSatisfy(verdict => verdict.Should().BeNull());
    }

    [Fact]
    public void Other_actions_with_the_same_observation_are_no_cycle()
    {
        var monitor = new ProgressMonitor(CyclesOnly);

        Enumerable.Range(0, 20).Select(n => monitor.Record(Step($"try {n}", "nothing happens"))).ToArray().Should().AllSatisfy(verdict => verdict.Should().BeNull());
    }

    [Fact]
    public void Two_repeats_are_enough_where_the_options_say_so()
    {
        var monitor = new ProgressMonitor(CyclesOnly with { CycleRepeats = 2 });

        monitor.Record(Step("a", "x")).Should().BeNull();
        monitor.Record(Step("b", "x")).Should().BeNull();
        monitor.Record(Step("a", "x")).Should().BeNull();
        monitor.Record(Step("b", "x"))!.Detail.Should().Be("The same 2 actions led to the same observations 2 times in a row.");
    }

    [Fact]
    public void Steps_without_action_are_told_apart_by_their_thoughts()
    {
        var monitor = new ProgressMonitor(CyclesOnly);

        Enumerable.Range(0, 6).Select(n => monitor.Record(Malformed($"thought {n}"))).ToArray().Should().AllSatisfy(verdict => verdict.Should().BeNull());
        monitor.Record(Malformed("thought 5")).Should().BeNull();
        monitor.Record(Malformed("thought 5"))!.End.Should().Be(TrajectoryEnd.Cycle);
    }

    [Fact]
    public void Cycles_are_found_exactly_where_a_naive_search_finds_them()
    {
        Prop.ForAll(Gen.Elements('a', 'b', 'c').ListOf().Resize(40).ToArbitrary(), Gen.Choose(2, 4).ToArbitrary(), (actions, repeats) =>
        {
            var monitor = new ProgressMonitor(CyclesOnly with { CycleRepeats = repeats });
            return actions.Select((action, at) => (Found: monitor.Record(Step(action.ToString(), "o")) is not null, Expected: EndsInCycle([.. actions.Take(at + 1)], repeats)))
                .All(pair => pair.Found == pair.Expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Steps_that_bring_nothing_new_end_the_trial()
    {
        var monitor = new ProgressMonitor(NewsOnly);

        monitor.Record(Step("a", "x")).Should().BeNull();
        monitor.Record(Step("b", "x")).Should().BeNull();
        monitor.Record(Step("c", "x")).Should().BeNull();
        monitor.Record(Step("d", "x")).Should().Be(
            new ActorFinished(TrajectoryEnd.NoProgress, null, "3 steps in a row brought no new observation and no reward."));
    }

    [Fact]
    public void A_new_observation_or_a_reward_starts_the_count_again()
    {
        var monitor = new ProgressMonitor(NewsOnly);
        TrajectoryStep[] steps =
        [
            Step("a", "x"), Step("b", "x"), Step("c", "x"), Step("d", "y"), Step("e", "x"), Step("f", "y"),
            Step("g", "x") with { Observation = new("x") { Reward = 0.1 } }, Step("h", "x"), Step("i", "x"),
        ];

        steps.Select(monitor.Record).ToArray().Should().AllSatisfy(verdict => verdict.Should().BeNull());
        monitor.Record(Step("j", "x"))!.End.Should().Be(TrajectoryEnd.NoProgress);
    }

    [Fact]
    public void What_was_seen_before_the_first_step_is_not_new()
    {
        var monitor = new ProgressMonitor(NewsOnly with { MaxStepsWithoutNews = 1 });
        monitor.See(new("a room"));

        monitor.Record(Step("look", "a room"))!.End.Should().Be(TrajectoryEnd.NoProgress);
    }

    [Fact]
    public void An_observation_that_reads_like_an_earlier_action_is_new()
    {
        var monitor = new ProgressMonitor(NewsOnly with { MaxStepsWithoutNews = 1 });

        monitor.Record(Step("ping", "ready")).Should().BeNull();
        monitor.Record(Step("pong", "ping")).Should().BeNull();
    }

    [Fact]
    public void A_correction_is_no_news()
    {
        var monitor = new ProgressMonitor(NewsOnly with { MaxStepsWithoutNews = 2 });

        monitor.Record(Malformed("a", "fix this")).Should().BeNull();
        monitor.Record(Malformed("b", "fix that"))!.Detail.Should().Be("2 steps in a row brought no new observation and no reward.");
    }

    [Fact]
    public void Malformed_replies_in_a_row_end_the_trial()
    {
        var monitor = new ProgressMonitor(new());

        monitor.Record(Malformed("a")).Should().BeNull();
        monitor.Record(Malformed("a")).Should().BeNull();
        monitor.Record(Step("look", "a room")).Should().BeNull();
        monitor.Record(Malformed("a")).Should().BeNull();
        monitor.Record(Malformed("a")).Should().BeNull();
        monitor.Record(Malformed("a")).Should().Be(
            new ActorFinished(TrajectoryEnd.NoProgress, null, "3 replies in a row held no readable action."));
    }

    [Fact]
    public void Null_turns_every_check_off()
    {
        var monitor = new ProgressMonitor(new() { CycleRepeats = null, MaxConsecutiveMalformed = null, MaxStepsWithoutNews = null });

        Enumerable.Range(0, 50).Select(_ => monitor.Record(Malformed("again"))).ToArray().Should().AllSatisfy(verdict => verdict.Should().BeNull());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void Options_out_of_range_are_refused(int cycle, int news, int malformed)
    {
        var options = new ProgressOptions { CycleRepeats = cycle, MaxStepsWithoutNews = news, MaxConsecutiveMalformed = malformed };

        FluentActions.Invoking(options.Validate).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_smallest_options_none_at_all_and_the_defaults_are_sound()
    {
        new ProgressOptions { CycleRepeats = 2, MaxStepsWithoutNews = 1, MaxConsecutiveMalformed = 1 }.Validate();
        new ProgressOptions { CycleRepeats = null, MaxStepsWithoutNews = null, MaxConsecutiveMalformed = null }.Validate();
        new ProgressOptions().Should().Be(new ProgressOptions { CycleRepeats = 3, MaxStepsWithoutNews = 10, MaxConsecutiveMalformed = 3 });
    }

    private static bool EndsInCycle(char[] actions, int repeats) => Enumerable.Range(1, actions.Length).Any(period =>
        period * repeats <= actions.Length
        && Enumerable.Range(actions.Length - period * (repeats - 1), period * (repeats - 1)).All(at => actions[at] == actions[at - period]));

    private static TrajectoryStep Step(string action, string observation) =>
        new() { Number = 1, Action = new(action), Observation = new(observation), Outcome = StepOutcome.Executed };

    private static TrajectoryStep Malformed(string thought, string correction = "fix this") =>
        new() { Number = 1, Thought = thought, Observation = new(correction) { Integrity = TextIntegrity.Trusted }, Outcome = StepOutcome.MalformedAction };
}
