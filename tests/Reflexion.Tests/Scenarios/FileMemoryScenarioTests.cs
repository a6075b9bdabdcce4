using Reflexion.Testing;

namespace Reflexion.Tests;

public class FileMemoryScenarioTests
{
    [Fact]
    public async Task What_one_agent_learns_another_one_reads_from_the_same_file_while_both_hold_it_open()
    {
        using var folder = new TemporaryFolder();
        await using FileEpisodicMemory mine = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"));
        await using FileEpisodicMemory yours = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"));
        using ScriptedChatClient first = Scenario.RoomModel();
        using var second = new ScriptedChatClient(Scenario.TakeKey, Scenario.TryDoor);

        await Agent(first, mine, "scout", "e1").RunAsync(LockedRoom.Escape);
        Episode follower = await Agent(second, yours, "follower", "e2").RunAsync(LockedRoom.Escape);

        follower.Trials.Should().ContainSingle().Which.RecalledLessonIds.Should().ContainSingle();
        second.Requests[0].Contains("take it first").Should().BeTrue();
        MemorySnapshot seen = await mine.ExportAsync();
        seen.Lessons.Should().ContainSingle().Which.Scope.Agent.Should().Be("scout");
        seen.Lessons[0].Credit.Should().Be(new LessonCredit(2, 1, 1));
    }

    [Fact]
    public async Task A_tenant_never_sees_the_lessons_of_another()
    {
        using var folder = new TemporaryFolder();
        await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"));
        using ScriptedChatClient first = Scenario.RoomModel(), second = Scenario.RoomModel();

        await Agent(first, memory, "scout", "e1").RunAsync(LockedRoom.Escape, new() { Tenant = "red" });
        Episode other = await Agent(second, memory, "scout", "e2").RunAsync(LockedRoom.Escape, new() { Tenant = "blue" });

        other.Trials[0].RecalledLessonIds.Should().BeEmpty();
        second.Requests[0].Contains("take it first").Should().BeFalse();
        (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Scope.Tenant).Should().BeEquivalentTo("red", "blue");
    }

    [Fact]
    public async Task A_reopened_memory_holds_the_same_to_the_last_field()
    {
        using var folder = new TemporaryFolder();
        using ScriptedChatClient model = Scenario.RoomModel();
        MemorySnapshot before;
        await using (FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"), time: new FakeTime()))
        {
            await Agent(model, memory, "scout", "e1").RunAsync(LockedRoom.Escape, new() { References = ["Take the key"] });
            before = await memory.ExportAsync();
        }

        await using FileEpisodicMemory reopened = await FileEpisodicMemory.OpenAsync(folder.File("memory.jsonl"), time: new FakeTime());

        MemorySnapshot after = await reopened.ExportAsync();
        (before.Lessons.Length + before.Quarantine.Length).Should().Be(1);
        (await JsonAsync(after)).Should().Be(await JsonAsync(before));
    }

    [Fact]
    public async Task Two_agents_that_learn_at_once_through_two_handles_lose_and_double_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("memory.jsonl");
        await using FileEpisodicMemory mine = await FileEpisodicMemory.OpenAsync(path, new() { FlushToDisk = false });
        await using FileEpisodicMemory yours = await FileEpisodicMemory.OpenAsync(path, new() { FlushToDisk = false });

        await Task.WhenAll(new[] { (mine, "a"), (yours, "b") }.SelectMany(pair => Enumerable.Range(0, 30).Select(i => Task.Run(() =>
            Agents.Answering("Lyon", "Paris").UseMemory(pair.Item1).Configure(options => options.Name = pair.Item2).Build()
                .RunAsync(new AgentTask($"t{i}", "What is the capital of France?"), new() { EpisodeId = $"{pair.Item2}{i}" })))));

        await using FileEpisodicMemory reopened = await FileEpisodicMemory.OpenAsync(path);
        MemorySnapshot snapshot = await reopened.ExportAsync();
        snapshot.ShouldBeConsistent();
        snapshot.Lessons.Should().HaveCount(60);
        snapshot.Uses.Should().HaveCount(60).And.OnlyContain(use => use.DeltaG == 1);
    }

    private static ReflexionAgent Agent(ScriptedChatClient model, IEpisodicMemory memory, string name, string episode) => Scenario.RoomAgent(model)
        .UseMemory(memory)
        .UseEpisodeIds(() => episode)
        .Configure(options => (options.Name, options.LessonBreadth) = (name, LessonBreadth.Tenant))
        .Build();

    private static async Task<string> JsonAsync(MemorySnapshot snapshot)
    {
        using var stream = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(snapshot, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
