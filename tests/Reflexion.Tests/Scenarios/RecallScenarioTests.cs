using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>What the loop asks its memory for.</summary>
public sealed class RecallScenarioTests
{
    private static readonly LessonScope Elsewhere = new("", "agent", "elsewhere");

    [Fact]
    public async Task An_agent_that_looks_beyond_the_task_recalls_what_is_about_it()
    {
        InMemoryEpisodicMemory memory = await MemoryAsync();

        (await RecalledAsync(memory, LessonBreadth.Agent)).Should().Equal("Name the capital, not the largest city.");
    }

    [Fact]
    public async Task An_agent_that_keeps_to_the_task_recalls_what_it_learnt_last_on_it()
    {
        InMemoryEpisodicMemory memory = await MemoryAsync();
        await memory.AddAsync(new(Elsewhere with { TaskId = "t" }, "Be brief.", new("e", 3, DateTimeOffset.UnixEpoch)));

        (await RecalledAsync(memory, LessonBreadth.Task)).Should().Equal("Be brief.");
    }

    private static async Task<InMemoryEpisodicMemory> MemoryAsync()
    {
        var memory = new InMemoryEpisodicMemory();
        await memory.AddAsync(new(Elsewhere, "Name the capital, not the largest city.", new("e", 1, DateTimeOffset.UnixEpoch)));
        await memory.AddAsync(new(Elsewhere, "Open every drawer.", new("e", 2, DateTimeOffset.UnixEpoch)));
        return memory;
    }

    private static async Task<IEnumerable<string>> RecalledAsync(InMemoryEpisodicMemory memory, LessonBreadth breadth)
    {
        using var model = new ScriptedChatClient("Paris");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseEvaluator(_ => TrajectoryEvaluation.Passed())
            .UseMemory(memory)
            .Configure(options => (options.Name, options.LessonBreadth) = ("agent", breadth))
            .Build();
        Episode episode = await agent.RunAsync(new AgentTask("t", "What is the capital of France?"));
        MemorySnapshot held = await memory.ExportAsync();
        return episode.Trials[0].RecalledLessonIds.Select(id => held.Lessons.Single(lesson => lesson.Id == id).Text);
    }
}
