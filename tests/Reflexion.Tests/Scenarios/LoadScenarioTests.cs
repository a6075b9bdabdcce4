using Reflexion.Testing;

namespace Reflexion.Tests;

public class LoadScenarioTests
{
    private const int Episodes = 10_000;

    [Fact]
    public async Task Ten_thousand_episodes_at_once_over_one_agent_lose_and_double_no_lesson()
    {
        var memory = new InMemoryEpisodicMemory();
        using ScriptedChatClient model = new ScriptedChatClient { KeepsRequests = false }
            .Otherwise(request => request.Contains("it is the capital") ? "Paris" : "Lyon");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseEvaluator(Agents.Wants("Paris"))
            .UseReflector(_ => new DelegateReflector(context => $"For {context.Task.Id} it is the capital."))
            .UseMemory(memory)
            .Build();

        Episode[] episodes = await Task.WhenAll(Enumerable.Range(0, Episodes).Select(i => Task.Run(() => agent.RunAsync(new AgentTask($"t{i}", "Which city?")))));

        episodes.Should().OnlyContain(episode => episode.Success && episode.Trials.Length == 2);
        episodes.Select(episode => episode.Id).Should().OnlyHaveUniqueItems();
        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Select(lesson => lesson.Text).ToHashSet().SetEquals(Enumerable.Range(0, Episodes).Select(i => $"For t{i} it is the capital.")).Should().BeTrue();
        snapshot.Lessons.Should().HaveCount(Episodes).And.OnlyContain(lesson => lesson.Credit == new LessonCredit(1, 1, 1) && lesson.Provenances.Length == 1);
        snapshot.Uses.Should().HaveCount(Episodes);
        Dictionary<string, string> uses = snapshot.Uses.ToDictionary(use => use.EpisodeId, use => use.LessonIds.Single());
        episodes.Should().OnlyContain(episode => uses[episode.Id] == episode.Trials[0].Lesson!.Id);
    }

    [Fact]
    public async Task Episodes_of_one_task_that_all_learn_the_same_file_it_once_and_keep_the_first_and_latest_origins()
    {
        var memory = new InMemoryEpisodicMemory();
        ReflexionAgent agent = Agents.Answering("Lyon")
            .UseReflector(_ => new DelegateReflector(_ => "Think of the seine."))
            .UseMemory(memory)
            .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial, options.Strategy) = (1, true, ReflexionStrategy.Reflexion))
            .Build();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => agent.RunAsync(Agents.Question, new() { EpisodeId = $"e{i}" }))));

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.ShouldBeConsistent();
        Lesson lesson = snapshot.Lessons.Should().ContainSingle().Subject;
        lesson.Provenances.Select(provenance => provenance.EpisodeId).Should().HaveCount(32);
        lesson.Provenances.Select(provenance => provenance.WrittenAt).Should().BeInAscendingOrder();
    }
}
