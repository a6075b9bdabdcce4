using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Win32.SafeHandles;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>Random histories, against a model and against every way to cut a file.</summary>
public sealed class MemoryModelTests : IDisposable
{
    // Small enough that every limit is met, with ties of worth and of time.
    private static readonly FileMemoryOptions Options = new()
    {
        MaxLessonsPerTask = 3,
        MaxLessons = 7,
        MaxAge = TimeSpan.FromMinutes(12),
        Lifecycle = new() { MinimumCreditedUses = 1, ConfidenceQuantile = 0.1 },
        FlushToDisk = false,
    };

    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_memories_do_what_the_plain_model_does() =>
        Prop.ForAll(Histories, async history =>
        {
            var time = new FakeTime();
            var model = new NaiveMemory(Options);
            var memory = new InMemoryEpisodicMemory(Options, time);
            FileEpisodicMemory file = await Open(time);
            foreach ((int action, int what, int where, int when) in history)
            {
                time.Advance(TimeSpan.FromMinutes(when % 3));
                file = await Do(action, what, where, model, memory, file, time);
                foreach (LessonBreadth breadth in Enum.GetValues<LessonBreadth>())
                {
                    LessonQuery query = QueryOf(where, breadth);
                    string[] expected = [.. model.Recall(query, time.GetUtcNow()).Select(lesson => lesson.Text)];
                    (await memory.RecallAsync(query)).Select(lesson => lesson.Text).Should().Equal(expected);
                    (await file.RecallAsync(query)).Select(lesson => lesson.Text).Should().Equal(expected);
                }
            }

            string all = await Json(model.Export(time.GetUtcNow()));
            (await Json(await memory.ExportAsync())).Should().Be(all);
            (await Json(await file.ExportAsync())).Should().Be(all);
            await file.DisposeAsync();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void A_file_cut_at_any_byte_holds_exactly_a_prefix_of_its_history() =>
        Prop.ForAll(Histories, async history =>
        {
            var time = new FakeTime();
            FileEpisodicMemory memory = await Open(time);
            foreach ((int action, int what, int where, int when) in history.Take(12))
            {
                time.Advance(TimeSpan.FromMinutes(when % 3));
                memory = await Do(action, what, where, new(Options), new(Options), memory, time);
            }

            await memory.DisposeAsync();
            string[] lines = (await File.ReadAllTextAsync(memory.Path)).Split('\n')[..^1];
            for (long length = new FileInfo(memory.Path).Length; length >= 0; length--)
            {
                using SafeFileHandle file = File.OpenHandle(memory.Path, FileMode.Open, FileAccess.ReadWrite);
                RandomAccess.SetLength(file, length);
                var log = new MemoryLog(memory.Path, flush: false, time);
                string[] read = [.. log.ReadNew(file).Select(LineOf)];
                read.Should().Equal(lines.Skip(1).Take((int)log.Lines - 1));
                log.Lines.Should().Be(Lines(file, length));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static Arbitrary<(int Action, int What, int Where, int When)[]> Histories =>
        (from action in Gen.Choose(0, 11)
         from what in Gen.Choose(0, 9)
         from place in Gen.Choose(0, 7)
         from when in Gen.Choose(0, 5)
         select (action, what, place, when)).ArrayOf().ToArbitrary();

    private static async Task<FileEpisodicMemory> Do(
        int action, int what, int where, NaiveMemory model, InMemoryEpisodicMemory memory, FileEpisodicMemory file, FakeTime time)
    {
        double minutes = (time.GetUtcNow() - Start).TotalMinutes;
        Lesson lesson = Of($"lesson {what}", $"t{where & 1}", $"a{(where >> 1) & 1}", $"x{where >> 2}", episode: $"e{where}{what}", minutes: minutes);
        switch (action)
        {
            case < 6:
                model.Add(lesson, time.GetUtcNow());
                await memory.AddAsync(lesson);
                await file.AddAsync(lesson);
                return file;
            case < 10:
                LessonUse use = Use(what + 1, action < 8 ? null : (where - 3) / 4.0, [.. (await memory.RecallAsync(QueryOf(where, LessonBreadth.Agent))).TakeLast(action % 4)]);
                model.Use(use);
                await memory.RecordUseAsync(use);
                await file.RecordUseAsync(use);
                return file;
            case 10:
                await file.CompactAsync();
                return file;
            default:
                await file.DisposeAsync();
                return await FileEpisodicMemory.OpenAsync(file.Path, Options, time);
        }
    }

    private static LessonQuery QueryOf(int where, LessonBreadth breadth) =>
        Query($"t{where & 1}", $"a{(where >> 1) & 1}", $"x{where >> 2}", breadth, limit: 4);

    private static long Lines(SafeFileHandle file, long length)
    {
        byte[] bytes = new byte[length];
        return RandomAccess.Read(file, bytes, 0) == length ? bytes.AsSpan().Count((byte)'\n') : -1;
    }

    private static string LineOf(MemoryRecord record)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        MemoryLineFormat.Write(line, record);
        return Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\n');
    }

    private static async Task<string> Json(MemorySnapshot snapshot)
    {
        using var stream = new MemoryStream();
        await MemorySnapshotJson.WriteAsync(snapshot, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private async Task<FileEpisodicMemory> Open(FakeTime time) =>
        await FileEpisodicMemory.OpenAsync(_folder.File($"{++_files}.jsonl"), Options, time);
}
