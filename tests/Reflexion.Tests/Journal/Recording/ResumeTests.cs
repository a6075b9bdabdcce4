using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>A run that breaks off anywhere and is taken up again comes to what it would have come to, and pays for hardly anything twice.</summary>
public class ResumeTests(ITestOutputHelper output)
{
    public static TheoryData<string> Scenarios => [.. ResumeScenario.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_run_cut_after_any_append_comes_to_the_same(string name)
    {
        ResumeScenario whole = await WholeAsync(name);
        int appends = await CountAsync(whole);
        int repaid = 0;
        for (int cut = 0; cut < appends; cut++)
        {
            ResumeScenario scenario = ResumeScenario.All[name]();
            Episode broken = await scenario.RunAsync(new CutJournal(scenario.Journal, cut));
            broken.StopReason.Should().Be(StopReason.Failed);
            broken.Failure!.Component.Should().Be(AgentComponent.Journal);
            broken.Failure.Exception.Should().BeOfType<JournalException>().Which.InnerException!.Message.Should().Be("No space left on device");

            await scenario.RunAsync();

            scenario.Result.Should().Be(whole.Result, "cut after {0} appends", cut);
            (await scenario.LessonsAsync()).Should().Be(await whole.LessonsAsync(), "cut after {0} appends", cut);
            (scenario.Paid - whole.Paid).Should().BeInRange(0, whole.InFlight, "cut after {0} appends", cut);
            repaid += scenario.Paid - whole.Paid;
        }

        output.WriteLine($"{name}: {appends} cuts, {whole.Paid} calls, {repaid} repaid in all");
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_run_cut_again_and_again_comes_to_the_same(string name)
    {
        ResumeScenario whole = await WholeAsync(name);
        ResumeScenario scenario = ResumeScenario.All[name]();

        int runs = 1;
        while ((await scenario.RunAsync(new CutJournal(scenario.Journal, 2))).Failure?.Component == AgentComponent.Journal)
        {
            runs++;
        }

        scenario.Result.Should().Be(whole.Result);
        (await scenario.LessonsAsync()).Should().Be(await whole.LessonsAsync());
        (scenario.Paid - whole.Paid).Should().BeInRange(0, (runs - 1) * whole.InFlight);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_run_that_has_ended_is_returned_without_any_call(string name)
    {
        ResumeScenario scenario = await WholeAsync(name);
        (string result, string lessons, int paid, int appends) = (scenario.Result, await scenario.LessonsAsync(), scenario.Paid, await CountAsync(scenario));

        await scenario.RunAsync();

        scenario.Result.Should().Be(result);
        (await scenario.LessonsAsync()).Should().Be(lessons);
        scenario.Paid.Should().Be(paid);
        (await CountAsync(scenario)).Should().Be(appends);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_journal_changes_nothing(string name)
    {
        ResumeScenario whole = await WholeAsync(name);
        ResumeScenario without = ResumeScenario.All[name]();

        await without.RunAsync(new ForgetfulJournal());

        without.Result.Should().Be(whole.Result);
        without.Paid.Should().Be(whole.Paid);
    }

    private static async Task<ResumeScenario> WholeAsync(string name)
    {
        ResumeScenario whole = ResumeScenario.All[name]();
        Episode episode = await whole.RunAsync();
        episode.Failure.Should().BeNull();
        episode.Trials.Should().HaveCountGreaterThan(1);
        return whole;
    }

    private static async Task<int> CountAsync(ResumeScenario scenario)
    {
        int count = 0;
        await foreach (JournalEntry _ in scenario.Journal.ReadAsync("e1"))
        {
            count++;
        }

        return count;
    }

    /// <summary>A journal that keeps nothing.</summary>
    private sealed class ForgetfulJournal : IEpisodeJournal
    {
        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<JournalEntry>();

        public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<JournaledEpisode>();
    }
}
