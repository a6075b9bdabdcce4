namespace Reflexion.Tests;

public sealed class ExperimentProgressTests
{
    [Fact]
    public async Task Every_start_and_end_is_reported_in_order()
    {
        var log = new ProgressLog();

        ExperimentResult result = await Sums.Builder(Sums.Model()).UseOptions(new() { MaxConcurrency = 3 }).Build().RunAsync(new() { Progress = log });

        log.Reports.Should().HaveCount(1 + 2 * 20);
        log.Reports.Select(report => report.Completed).Should().BeInAscendingOrder();
        log.Reports[0].Should().BeEquivalentTo(new { Completed = 0, Running = 0, Total = 20, Ended = (EpisodeRecord?)null, Remaining = (TimeSpan?)null });
        log.Reports[^1].Should().BeEquivalentTo(new { Completed = 20, Running = 0, Total = 20 });
        log.Reports.Should().OnlyContain(report => report.Running >= 0 && report.Running <= 3 && report.Outcomes.Values.Sum() == report.Completed);
        log.Reports.Select(report => report.Ended).OfType<EpisodeRecord>().Should().BeEquivalentTo(result.Episodes, options => options.ComparingByMembers<EpisodeRecord>().Excluding(episode => episode.Episode));
        log.Reports[^1].Outcomes.Should().Equal(result.Outcomes);
        log.Reports[^1].Arms.Should().BeEquivalentTo(
            new[] { new { Arm = "adder+Retry", Completed = 10, Total = 10, Solved = 4 }, new { Arm = "adder+Reflexion", Completed = 10, Total = 10, Solved = 8 } });
        log.Reports[^1].Usage.Calls.Should().Be(result.Episodes.Sum(episode => episode.AgentUsage.Calls));
        log.Reports.Select(report => report.Usage.Tokens.TotalTokens).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task The_time_left_is_told_from_the_pace_so_far()
    {
        var time = new FakeTime();
        var log = new ProgressLog();
        await Sums.Builder(Sums.Model()).UseTimeProvider(time).UseOptions(new() { MaxConcurrency = 1 }).Build()
            .RunAsync(new() { Progress = new ProgressLog(report => { log.Report(report); time.Advance(TimeSpan.FromSeconds(report.Ended is null ? 2 : 0)); }) });

        ExperimentProgress fifth = log.Reports.Single(report => report is { Completed: 5, Ended: not null });

        // Two seconds each, and two before the first began.
        fifth.Elapsed.Should().Be(TimeSpan.FromSeconds(12));
        fifth.Remaining.Should().Be(TimeSpan.FromSeconds(36));
    }

    [Fact]
    public async Task A_display_that_fails_costs_nothing()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model()).Build().RunAsync(new() { Progress = new ProgressLog(_ => throw new IOException("The terminal is gone.")) });

        result.IsComplete.Should().BeTrue();
    }
}
