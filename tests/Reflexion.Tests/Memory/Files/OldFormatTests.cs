using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>Files that earlier releases wrote, kept as they were.</summary>
public sealed class OldFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_memory_file_of_version_1_is_read_and_written_on()
    {
        string path = _folder.File("memory.jsonl");
        await File.WriteAllBytesAsync(path, Golden("memory.v1.jsonl"));
        FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(path, time: new FakeTime());

        MemorySnapshot held = await memory.ExportAsync();
        await memory.AddAsync(Of("fifth", minutes: 9));
        await memory.DisposeAsync();
        await using FileEpisodicMemory again = await FileEpisodicMemory.OpenAsync(path, time: new FakeTime());
        MemorySnapshot after = await again.ExportAsync();

        held.Should().BeEquivalentTo(await Snapshot(), check => check.WithStrictOrdering());
        after.Lessons.Select(lesson => lesson.Text).Should().Equal([.. held.Lessons.Select(lesson => lesson.Text), "fifth"]);
        after.Uses.Should().BeEquivalentTo(held.Uses, check => check.WithStrictOrdering());
    }

    [Fact]
    public async Task A_snapshot_of_version_1_is_read()
    {
        MemorySnapshot snapshot = await Snapshot();

        snapshot.Lessons.Select(lesson => lesson.Text).Should().Equal("Söarch \"first\"\n\u2028🎯", "second", "fourth");
        snapshot.Lessons[0].Credit.Should().Be(new LessonCredit(2, 2, 0.75));
        snapshot.Lessons[1].Provenances.Select(learnt => learnt.EpisodeId).Should().Equal("e1", "e2");
        snapshot.Uses.Select(use => (use.Trial, use.DeltaG)).Should().Equal((3, -1), (4, 0.25));
        snapshot.Quarantine.Should().ContainSingle().Which.Reason.Should().Be("because");
    }

    private static async Task<MemorySnapshot> Snapshot()
    {
        using var stream = new MemoryStream(Golden("snapshot.v1.jsonl"));
        return await MemorySnapshotJson.ReadAsync(stream);
    }

    private static byte[] Golden(string name)
    {
        using Stream resource = typeof(OldFormatTests).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
