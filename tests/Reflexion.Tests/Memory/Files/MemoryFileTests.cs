using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>The file itself: its format, and what it survives.</summary>
public sealed class MemoryFileTests : IDisposable
{
    private static readonly FileMemoryOptions Fast = new() { FlushToDisk = false, LockTimeout = TimeSpan.FromSeconds(60) };
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTime _time = new();

    private string FilePath => _folder.File("memory.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_file_has_a_header_and_the_format_stays_as_it_is()
    {
        Lesson a = Of("a");
        await using (FileEpisodicMemory memory = await Open(Fast with { MaxLessonsPerTask = 1, MaxUses = 1, MaxQuarantined = 1 }))
        {
            await memory.AddAsync(a);
            await memory.RecordUseAsync(Use(2, null, a));
            await memory.RecordUseAsync(Use(3, -1, a));
            await memory.AddAsync(Of("b"));
            await memory.QuarantineAsync(new(a, "r", Start));
            await memory.QuarantineAsync(new(a, "s", Start));
        }

        string lesson = $$$"""{"id":"{{{a.Id}}}","tenant":"tenant","agent":"agent","task":"task","text":"a","integrity":"Untrusted","provenances":[{"episodeId":"e1","trial":1,"writtenAt":"2026-01-01T00:00:00+00:00","fromSuccess":false}]}""";
        (await File.ReadAllLinesAsync(FilePath)).Should().Equal(
            """{"format":"reflexion-memory","version":2,"generation":1,"created":"2026-01-01T00:00:00+00:00"}""",
            $$$"""{"kind":"lesson","lesson":{{{lesson}}}}""",
            $$$"""{"kind":"use","use":{"episodeId":"e1","trial":2,"lessonIds":["{{{a.Id}}}"]}}""",
            $$$"""{"kind":"moved","id":"{{{a.Id}}}","state":"Probation"}""",
            $$$"""{"kind":"use","use":{"episodeId":"e1","trial":3,"lessonIds":["{{{a.Id}}}"],"deltaG":-1}}""",
            """{"kind":"uses-dropped","count":1}""",
            $$$"""{"kind":"lesson","lesson":{{{lesson.Replace(a.Id, Of("b").Id, StringComparison.Ordinal).Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}}}}""",
            $$$"""{"kind":"forgotten","id":"{{{a.Id}}}","cause":"Evicted"}""",
            $$$"""{"kind":"rejected","rejected":{"lesson":{{{lesson}}},"reason":"r","at":"2026-01-01T00:00:00+00:00"}}""",
            $$$"""{"kind":"rejected","rejected":{"lesson":{{{lesson}}},"reason":"s","at":"2026-01-01T00:00:00+00:00"}}""",
            """{"kind":"rejections-dropped","count":1}""");
    }

    [Fact]
    public async Task Whatever_byte_the_file_is_cut_at_a_prefix_of_its_records_remains_and_writing_goes_on()
    {
        await Fill();
        byte[] whole = await File.ReadAllBytesAsync(FilePath);
        string[] texts = await Texts(FilePath);
        string cut = _folder.File("cut.jsonl");

        for (int length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(cut, whole[..length]);
            int lines = whole.AsSpan(0, length).Count((byte)'\n');

            (await Texts(cut)).Should().Equal(texts[..Math.Max(0, lines - 1)]);
            await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(cut, Fast, _time);
            await memory.AddAsync(Of("after"));
            (await Texts(cut)).Should().Equal([.. texts[..Math.Max(0, lines - 1)], "after"]);
        }
    }

    [Fact]
    public async Task A_torn_line_is_cut_off_by_the_next_writer_only()
    {
        await Fill();
        long length = new FileInfo(FilePath).Length;
        await File.AppendAllTextAsync(FilePath, "{\"kind\":\"lesson\"");

        await using FileEpisodicMemory memory = await Open();
        (await memory.RecallAsync(Query())).Should().NotBeEmpty();
        new FileInfo(FilePath).Length.Should().Be(length + 16);
        await memory.AddAsync(Of("after"));

        (await File.ReadAllTextAsync(FilePath)).Should().NotContain("{\"kind\":\"lesson\"{").And.EndWith("\n");
        (await Texts(FilePath)).Should().EndWith("after");
    }

    [Theory]
    [InlineData("not json", "*memory.jsonl, line 3: The line is damaged (*")]
    [InlineData("", "*line 3: The line is damaged*")]
    [InlineData("{\"kind\":\"miracle\"}", "*line 3: The line is of the unknown kind 'miracle'. A newer release of Reflexion may have written it; use that one.")]
    public async Task A_damaged_line_in_the_middle_is_refused_with_its_number(string line, string message)
    {
        await Fill();
        string[] lines = await File.ReadAllLinesAsync(FilePath);
        lines[2] = line;
        await File.WriteAllLinesAsync(FilePath, lines);
        Func<Task> open = async () => await Open();

        (await open.Should().ThrowAsync<MemoryFormatException>().WithMessage(message)).Which.LineNumber.Should().Be(3);
        (await File.ReadAllLinesAsync(FilePath)).Should().Equal(lines, "the file is left as it is");
    }

    [Theory]
    [InlineData("hello\n", "*its first line is no header*")]
    [InlineData("hello", "*is left as it is; choose another path.")]
    [InlineData("{\"format\":\"reflexion-memory-2\"", "*is left as it is*")]
    [InlineData("{\"format\":\"other\",\"version\":1}\n", "*names the format 'other'.")]
    [InlineData("{\"format\":\"reflexion-memory\",\"version\":3}\n", "*The file is of version 3*use a newer release*")]
    public async Task A_file_of_something_else_is_refused_and_left_alone(string content, string message)
    {
        await File.WriteAllTextAsync(FilePath, content);
        Func<Task> open = async () => await Open();

        (await open.Should().ThrowAsync<MemoryFormatException>().WithMessage(message)).Which.LineNumber.Should().Be(1);
        (await File.ReadAllTextAsync(FilePath)).Should().Be(content);
    }

    [Fact]
    public async Task Damage_done_while_the_file_is_open_is_reported_and_mended_by_mending_the_file()
    {
        await using FileEpisodicMemory memory = await Open();
        await memory.AddAsync(Of("a"));
        string good = await File.ReadAllTextAsync(FilePath);
        await File.AppendAllTextAsync(FilePath, "junk\n");

        Func<Task> recall = async () => await memory.RecallAsync(Query());
        Func<Task> add = async () => await memory.AddAsync(Of("b"));
        await recall.Should().ThrowAsync<MemoryFormatException>().WithMessage("*line 3:*");
        await add.Should().ThrowAsync<MemoryFormatException>().WithMessage("*line 3:*");
        await File.WriteAllTextAsync(FilePath, good);

        await memory.AddAsync(Of("b"));
        (await memory.RecallAsync(Query())).Select(lesson => lesson.Text).Should().Equal("a", "b");
    }

    [Fact]
    public async Task Lines_longer_than_a_chunk_are_read()
    {
        string text = new('x', 200_000);
        await using (FileEpisodicMemory memory = await Open())
        {
            await memory.AddAsync(Of(text));
            await memory.AddAsync(Of("b"));
        }

        (await Texts(FilePath)).Should().Equal(text, "b");
    }

    [Fact]
    public async Task Two_memories_on_one_file_see_what_the_other_wrote_and_compacted()
    {
        await using FileEpisodicMemory one = await Open();
        await using FileEpisodicMemory two = await Open();
        Lesson a = await one.AddAsync(Of("a"));
        (await two.RecallAsync(Query())).Should().ContainSingle().Which.Text.Should().Be("a");

        await two.RecordUseAsync(Use(2, 0.5, a));
        (await one.RecallAsync(Query())).Should().ContainSingle().Which.Credit.Should().Be(new LessonCredit(1, 1, 0.5));
        await one.CompactAsync();
        await two.AddAsync(Of("b"));
        await two.CompactAsync();
        await two.CompactAsync();

        (await one.RecallAsync(Query())).Select(lesson => lesson.Text).Should().Equal("a", "b");
        (await one.AddAsync(Of("A", episode: "e2"))).Provenances.Should().HaveCount(2);
        (await two.ExportAsync()).Should().BeEquivalentTo(await one.ExportAsync(), check => check.WithStrictOrdering());
    }

    [Fact]
    public async Task Compaction_keeps_everything_but_the_dead_lines()
    {
        var options = Fast with { MaxLessonsPerTask = 3, MaxUses = 2, MaxQuarantined = 2 };
        await using FileEpisodicMemory memory = await Open(options);
        for (int i = 0; i < 6; i++)
        {
            Lesson lesson = await memory.AddAsync(Of($"lesson {i}", minutes: i));
            await memory.RecordUseAsync(Use(i + 1, null, lesson));
            await memory.RecordUseAsync(Use(i + 1, 0, lesson));
            await memory.QuarantineAsync(new(lesson, $"{i}", Start));
        }

        await memory.AddAsync(Of("lesson 3", episode: "e2", minutes: 9));
        await memory.RecordUseAsync(Use(7, null, Of("lesson 3")));
        MemorySnapshot before = await memory.ExportAsync();
        await memory.CompactAsync();

        (await File.ReadAllLinesAsync(FilePath)).Should().HaveCount(1 + 3 + 1 + 2 + 1 + 2)
            .And.HaveElementAt(0, """{"format":"reflexion-memory","version":2,"generation":2,"created":"2026-01-01T00:00:00+00:00"}""");
        Directory.GetFiles(_folder.Path, "*.compacting").Should().BeEmpty();
        await using FileEpisodicMemory again = await Open(options);
        foreach (FileEpisodicMemory either in new[] { memory, again })
        {
            (await either.ExportAsync()).Should().BeEquivalentTo(before, check => check.WithStrictOrdering());
            (await either.RecallAsync(Query(limit: 1))).Should().ContainSingle().Which.Text.Should().Be("lesson 3");
        }

        await again.RecordUseAsync(Use(7, 1, Of("lesson 3")));
        (await memory.RecallAsync(Query(limit: 1)))[0].Credit.Should().Be(new LessonCredit(2, 2, 1));
        await again.ImportAsync(new() { Uses = [Use(1, 1, Of("lesson 3"))] });
        (await again.ExportAsync()).Uses.Select(use => use.Trial).Should().Equal([6, 7], "uses were dropped once, so an unknown one is not counted");
    }

    [Fact]
    public async Task A_file_mostly_of_dead_lines_is_compacted_by_itself()
    {
        await using FileEpisodicMemory memory = await Open(Fast with { MaxUses = 10 });
        Lesson lesson = await memory.AddAsync(Of("a"));

        await Task.WhenAll(Enumerable.Range(1, 10_001).Select(trial => memory.RecordUseAsync(Use(trial, 0, lesson)).AsTask()));
        await memory.RecordUseAsync(Use(20_000, 0, lesson));

        File.ReadLines(FilePath).Count().Should().BeLessThan(9_000);
        (await memory.ExportAsync()).Lessons[0].Credit.Uses.Should().Be(10_002);
    }

    [Fact]
    public async Task A_file_is_not_compacted_by_itself_when_told_not_to()
    {
        await using FileEpisodicMemory memory = await Open(Fast with { MaxUses = 10, CompactAbove = null });

        await Task.WhenAll(Enumerable.Range(1, 10_100).Select(trial => memory.RecordUseAsync(Use(trial, 0)).AsTask()));

        File.ReadLines(FilePath).Count().Should().BeGreaterThan(20_000, "every use past the tenth drops one");
    }

    [Fact]
    public async Task A_compacted_file_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using FileEpisodicMemory memory = await Open();
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await memory.CompactAsync();

        File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_link_to_the_file_is_the_file()
    {
        string link = _folder.File("link.jsonl");
        File.CreateSymbolicLink(link, FilePath);
        await using FileEpisodicMemory direct = await Open();
        await using FileEpisodicMemory linked = await FileEpisodicMemory.OpenAsync(link, Fast, _time);

        await linked.AddAsync(Of("a"));
        await linked.CompactAsync();

        linked.Path.Should().Be(direct.Path);
        new FileInfo(link).LinkTarget.Should().Be(FilePath);
        (await direct.RecallAsync(Query())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_deleted_file_is_an_empty_memory()
    {
        await using FileEpisodicMemory memory = await Open();
        await memory.AddAsync(Of("a"));
        File.Delete(FilePath);

        (await memory.RecallAsync(Query())).Should().BeEmpty();
        await memory.AddAsync(Of("b"));
        (await Texts(FilePath)).Should().Equal("b");
    }

    [Fact]
    public async Task Who_cannot_get_the_file_is_told_which_and_nothing_is_written()
    {
        await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(FilePath, Fast with { LockTimeout = TimeSpan.Zero });
        Func<Task> add = async () => await memory.AddAsync(Of("a"));
        using (File.Open(FilePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await add.Should().ThrowAsync<MemoryLockTimeoutException>()
                .WithMessage($"Another process has kept {FilePath} locked for 0 s. See which process holds {FilePath}.lock, or raise FileMemoryOptions.LockTimeout."))
                .Which.Path.Should().Be(FilePath);
            (await memory.RecallAsync(Query())).Should().BeEmpty("an unchanged file is read without the lock");
        }

        await add.Should().NotThrowAsync();
        (await Texts(FilePath)).Should().Equal("a");
    }

    [Fact]
    public async Task Who_waits_gets_the_file_when_it_is_free()
    {
        await using FileEpisodicMemory memory = await Open();
        Task<Lesson> add;
        using (File.Open(FilePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            add = memory.AddAsync(Of("a")).AsTask();
            await Task.Yield();
            add.IsCompleted.Should().BeFalse();
        }

        (await add).Text.Should().Be("a");
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_for_the_file_is_never_carried_out()
    {
        await using FileEpisodicMemory memory = await Open();
        using var source = new CancellationTokenSource();
        using (File.Open(FilePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Task<Lesson> add = memory.AddAsync(Of("a"), source.Token).AsTask();
            await source.CancelAsync();
            Func<Task> wait = () => add;
            await wait.Should().ThrowAsync<OperationCanceledException>();
        }

        await memory.AddAsync(Of("b"));
        (await Texts(FilePath)).Should().Equal("b");
    }

    [Fact]
    public async Task A_disposed_memory_finishes_what_it_began_and_takes_no_more()
    {
        FileEpisodicMemory memory = await Open();
        Task<Lesson>[] adds = [.. Enumerable.Range(0, 20).Select(i => memory.AddAsync(Of($"{i}")).AsTask())];
        await memory.DisposeAsync();
        await memory.DisposeAsync();

        adds.Should().OnlyContain(add => add.IsCompletedSuccessfully || !add.IsFaulted);
        await Task.WhenAll(adds);
        (await Texts(FilePath)).Should().HaveCount(20);
        Func<Task> add = async () => await memory.AddAsync(Of("late"));
        Func<Task> recall = async () => await memory.RecallAsync(Query());
        await add.Should().ThrowAsync<ObjectDisposedException>();
        await recall.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Options_and_paths_out_of_range_are_refused()
    {
        Func<Task>[] calls =
        [
            async () => await FileEpisodicMemory.OpenAsync(" "),
            async () => await FileEpisodicMemory.OpenAsync(FilePath, new() { LockTimeout = TimeSpan.FromTicks(-1) }),
            async () => await FileEpisodicMemory.OpenAsync(FilePath, new() { CompactAbove = 1 }),
            async () => await FileEpisodicMemory.OpenAsync(FilePath, new() { MaxLessons = 0 }),
        ];
        foreach (Func<Task> call in calls)
        {
            await call.Should().ThrowAsync<ArgumentException>();
        }

        Func<Task> nowhere = async () => await FileEpisodicMemory.OpenAsync(_folder.File("no/such/folder.jsonl"));
        await nowhere.Should().ThrowAsync<DirectoryNotFoundException>();
    }

    private async Task<FileEpisodicMemory> Open(FileMemoryOptions? options = null) =>
        await FileEpisodicMemory.OpenAsync(FilePath, options ?? Fast, _time);

    private async Task Fill()
    {
        await using FileEpisodicMemory memory = await Open();
        foreach (string text in new[] { "first", "zweitens ü 🎯", "third\nline" })
        {
            await memory.AddAsync(Of(text));
        }
    }

    private async Task<string[]> Texts(string path)
    {
        string copy = _folder.File("copy.jsonl");
        File.Copy(path, copy, overwrite: true);
        await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(copy, Fast, _time);
        return [.. (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Text)];
    }
}
