namespace Reflexion.Tests;

/// <summary>What a memory could not be told when an episode came to its end.</summary>
public class UntoldMemoryTests
{
    [Fact]
    public async Task An_episode_whose_last_credit_was_not_kept_is_not_over_and_keeps_it_when_it_is_taken_up()
    {
        var memory = new FailingMemory(new InMemoryEpisodicMemory());
        var journal = new InMemoryEpisodeJournal();
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").UseMemory(memory).UseJournal(journal).UseTimeProvider(new FakeTime()).Build();

        Episode broken = await agent.RunAsync(Agents.Question);
        memory.IsFull = false;
        Episode resumed = await agent.RunAsync(Agents.Question, new() { EpisodeId = broken.Id });

        broken.StopReason.Should().Be(StopReason.Failed);
        broken.StopDetail.Should().Be("The Memory failed: No space left on device");
        broken.Trials.Should().HaveCount(2, "what was solved is not thrown away");
        resumed.StopReason.Should().Be(StopReason.Success);
        (await memory.ExportAsync()).Lessons.Should().ContainSingle().Which.Credit.Should().Be(new LessonCredit(1, 1, 1));
    }

    [Fact]
    public async Task Without_a_journal_a_solved_episode_stays_solved()
    {
        var memory = new FailingMemory(new InMemoryEpisodicMemory());

        Episode episode = await Agents.Answering("Lyon", "Paris").UseMemory(memory).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
    }
}
