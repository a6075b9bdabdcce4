using System.Text;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class MemorySnapshotJsonTests
{
    private static readonly Lesson Rich = new(new("", "agent", "task"), "Söarch \"first\"\n\u2028🎯", new("e", 3, Start.AddTicks(1)) { ModelId = "m", PromptHash = "h", FromSuccess = true })
    {
        RootCause = "cause",
        Plan = "plan",
        Integrity = TextIntegrity.Trusted,
        Credit = new(3, 2, 0.1 + 0.2),
        State = LessonState.Promoted,
        Embedding = new("embedder", [1, -0.5f]),
    };

    private static readonly MemorySnapshot Snapshot = new()
    {
        Lessons = [Rich, Of("plain")],
        Uses = [new("e", 1, [Rich.Id, "gone"], null), new("e", 2, [], -1 / 3.0)],
        Quarantine = [new(Rich, "why", new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)))],
    };

    [Fact]
    public async Task What_is_read_is_what_was_written()
    {
        MemorySnapshot read = await Read(await Write(Snapshot));

        read.Should().BeEquivalentTo(Snapshot, check => check.WithStrictOrdering());
        read.Quarantine[0].At.Offset.Should().Be(TimeSpan.FromHours(2));
        (await Read(await Write(new()))).Should().BeEquivalentTo(new MemorySnapshot());
    }

    [Fact]
    public async Task More_than_one_chunk_is_written_and_read()
    {
        var large = new MemorySnapshot { Lessons = [.. Enumerable.Range(0, 1_000).Select(i => Of($"lesson {i} {new string('x', 200)}"))] };

        (await Read(await Write(large))).Lessons.Select(lesson => lesson.Id).Should().Equal(large.Lessons.Select(lesson => lesson.Id));
    }

    [Fact]
    public async Task The_format_stays_as_it_is()
    {
        (await Write(new() { Lessons = [Rich], Uses = [Use(2, 0.5, Rich)], Quarantine = [new(Of("bad"), "why", Start)] })).Should().Be("""
            {"format":"reflexion-memory-snapshot","version":2,"lessons":1,"uses":1,"quarantined":1}
            {"kind":"lesson","lesson":{"id":"ID1","tenant":"","agent":"agent","task":"task","text":"Söarch \"first\"\n\u2028\uD83C\uDFAF","rootCause":"cause","plan":"plan","integrity":"Trusted","provenances":[{"episodeId":"e","trial":3,"writtenAt":"2026-01-01T00:00:00.0000001+00:00","modelId":"m","promptHash":"h","fromSuccess":true}],"credit":{"uses":3,"creditedUses":2,"totalDelta":0.30000000000000004},"state":"Promoted","embedding":{"modelId":"embedder","vector":"AACAPwAAAL8="}}}
            {"kind":"use","use":{"episodeId":"e1","trial":2,"lessonIds":["ID1"],"deltaG":0.5}}
            {"kind":"rejected","rejected":{"lesson":{"id":"ID2","tenant":"tenant","agent":"agent","task":"task","text":"bad","integrity":"Untrusted","provenances":[{"episodeId":"e1","trial":1,"writtenAt":"2026-01-01T00:00:00+00:00","fromSuccess":false}]},"reason":"why","at":"2026-01-01T00:00:00+00:00"}}

            """.Replace("ID1", Rich.Id, StringComparison.Ordinal).Replace("ID2", Of("bad").Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 1, "*no reflexion-memory-snapshot file: its first line is no header*")]
    [InlineData("hello", 1, "*no reflexion-memory-snapshot file*")]
    [InlineData("null", 1, "*names the format ''*")]
    [InlineData("{\"format\":\"reflexion-memory\",\"version\":1}", 1, "*names the format 'reflexion-memory'.")]
    [InlineData("{\"format\":\"reflexion-memory-snapshot\",\"version\":3}", 1, "The snapshot, line 1: The file is of version 3, and this release reads versions 1 to 2; use a newer release of Reflexion.")]
    [InlineData("{\"format\":\"reflexion-memory-snapshot\",\"version\":0}", 1, "*version 0*")]
    [InlineData("{\"format\":\"reflexion-memory-snapshot\",\"version\":1,\"lessons\":1,\"uses\":0,\"quarantined\":0}", 1, "*ends after 0 lessons, 0 uses and 0 rejections, and its header promises 1, 0 and 0; it was cut*")]
    [InlineData("{\"format\":\"reflexion-memory-snapshot\",\"version\":1}\n{\"kind\":\"miracle\"}", 2, "*unknown kind 'miracle'*newer release*")]
    [InlineData("{\"format\":\"reflexion-memory-snapshot\",\"version\":1}\n{\"kind\":\"uses-dropped\",\"count\":1}\n{\"kin", 3, "*damaged*")]
    public async Task What_cannot_be_read_is_refused_with_its_line(string text, long line, string message)
    {
        Func<Task> read = () => Read(text);

        (await read.Should().ThrowAsync<MemoryFormatException>().WithMessage(message)).Which.LineNumber.Should().Be(line);
    }

    [Fact]
    public async Task Unknown_fields_are_tolerated()
    {
        string text = (await Write(Snapshot)).Replace("\"kind\"", "\"future\":{\"x\":[1]},\"kind\"", StringComparison.Ordinal);

        (await Read(text)).Should().BeEquivalentTo(Snapshot, check => check.WithStrictOrdering());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"lesson\"}")]
    [InlineData("{\"kind\":\"forgotten\"}")]
    [InlineData("{\"kind\":\"moved\"}")]
    [InlineData("{\"kind\":\"moved\",\"id\":\"0\"}")]
    [InlineData("{\"kind\":\"moved\",\"id\":\"0\",\"state\":\"Elsewhere\"}")]
    [InlineData("{\"kind\":\"moved\",\"id\":\"0\",\"state\":9}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"provenances\":[{\"episodeId\":\"e\"}],\"embedding\":{\"modelId\":\"m\",\"vector\":\"AAA=\"}}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"provenances\":[{\"episodeId\":\"e\"}],\"embedding\":{\"vector\":\"AAAAAA==\"}}}")]
    [InlineData("{\"kind\":\"use\"}")]
    [InlineData("{\"kind\":\"use\",\"use\":{\"episodeId\":null,\"trial\":1,\"lessonIds\":[]}}")]
    [InlineData("{\"kind\":\"use\",\"use\":{\"episodeId\":\"e\",\"trial\":1,\"lessonIds\":[null]}}")]
    [InlineData("{\"kind\":\"use\",\"use\":{\"episodeId\":\"e\",\"trial\":0,\"lessonIds\":[]}}")]
    [InlineData("{\"kind\":\"rejected\"}")]
    [InlineData("{\"kind\":\"rejected\",\"rejected\":{}}")]
    [InlineData("{\"kind\":\"uses-dropped\"}")]
    [InlineData("{\"kind\":\"rejections-dropped\",\"count\":-1}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"integrity\":\"Model\",\"provenances\":[]}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"integrity\":\"Model\",\"provenances\":[null]}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\" \",\"integrity\":\"Model\",\"provenances\":[{\"episodeId\":\"e\",\"trial\":1,\"writtenAt\":\"2026-01-01\"}]}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":null,\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"integrity\":\"Model\",\"provenances\":[{\"episodeId\":\"e\",\"trial\":1,\"writtenAt\":\"2026-01-01\"}]}}")]
    [InlineData("{\"kind\":\"rejected\",\"rejected\":{\"lesson\":{}}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"provenances\":[{\"episodeId\":\"e\"}]}}")]
    [InlineData("{\"kind\":\"lesson\",\"lesson\":{\"id\":\"0\",\"tenant\":\"\",\"agent\":\"\",\"task\":\"\",\"text\":\"x\",\"provenances\":[{}]}}")]
    public async Task A_line_without_its_parts_is_damaged(string line)
    {
        Func<Task> read = () => Read($"{{\"format\":\"reflexion-memory-snapshot\",\"version\":1}}\n{line}\n");

        await read.Should().ThrowAsync<MemoryFormatException>().WithMessage("The snapshot, line 2: The line is damaged (*");
    }

    [Fact]
    public async Task A_lesson_whose_text_was_altered_is_noticed_by_its_id()
    {
        string text = (await Write(Snapshot)).Replace("\"plain\"", "\"changed\"", StringComparison.Ordinal);
        Func<Task> read = () => Read(text);

        (await read.Should().ThrowAsync<MemoryFormatException>().WithMessage("*one of them was altered*")).Which.LineNumber.Should().Be(3);
    }

    [Fact]
    public async Task Nothing_is_refused()
    {
        Func<Task>[] calls =
        [
            async () => await MemorySnapshotJson.ReadAsync(null!),
            async () => await MemorySnapshotJson.WriteAsync(new(), null!),
            async () => await MemorySnapshotJson.WriteAsync(null!, Stream.Null),
        ];
        foreach (Func<Task> call in calls)
        {
            await call.Should().ThrowAsync<ArgumentNullException>();
        }
    }

    private static async Task<string> Write(MemorySnapshot snapshot)
    {
        using var stream = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(snapshot, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<MemorySnapshot> Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await MemorySnapshotJson.ReadAsync(stream);
    }
}
