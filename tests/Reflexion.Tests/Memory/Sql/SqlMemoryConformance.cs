using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>What every memory in a database does beyond what every memory does.</summary>
public abstract class SqlMemoryConformance : IAsyncLifetime
{
    private readonly List<SqlEpisodicMemory> _opened = [];

    /// <summary>How a child process calls the database of this test.</summary>
    protected abstract string StoreName { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (SqlEpisodicMemory memory in _opened)
        {
            await memory.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whatever_happens_it_does_what_the_memory_in_memory_does()
    {
        var random = new Random(11);
        for (int round = 0; round < 6; round++)
        {
            var options = new MemoryOptions
            {
                MaxLessonsPerTask = 3,
                MaxLessons = 7,
                MaxUses = 9,
                MaxQuarantined = 3,
                MaxAge = TimeSpan.FromMinutes(12),
                MergeSimilarity = round % 2 == 0 ? 0.5 : null,
                Recall = new() { MaxCandidates = 5 },
                Lifecycle = new() { MinimumCreditedUses = 1, ConfidenceQuantile = 0.1 },
            };
            var time = new FakeTime();
            IEpisodicMemory[] both = [new InMemoryEpisodicMemory(options, time), await OpenEmptyAsync(options, time)];
            for (int step = 0; step < 40; step++)
            {
                time.Advance(TimeSpan.FromMinutes(random.Next(3)));
                int seed = random.Next();
                object[] answers = [await Do(both[0], seed, time), await Do(both[1], seed, time)];
                answers[1].Should().BeEquivalentTo(answers[0], check => check.WithStrictOrdering().RespectingRuntimeTypes(), "in round {0}, step {1}", round, step);
            }

            (await both[1].ExportAsync()).Should().BeEquivalentTo(await both[0].ExportAsync(), check => check.WithStrictOrdering());
        }
    }

    [Fact]
    public async Task Sixteen_writers_in_four_processes_double_no_lesson_and_lose_no_credit()
    {
        const int Processes = 4, Writers = 4, Each = 6;

        await Task.WhenAll(Enumerable.Range(0, Processes).Select(process => RunWorkerAsync($"p{process}", Each, Writers)));

        MemorySnapshot snapshot = await (await OpenAsync()).ExportAsync();
        snapshot.Lessons.Select(lesson => lesson.Id).Should().OnlyHaveUniqueItems().And.HaveCount((Processes * Writers * Each) + Each);
        snapshot.Lessons.Where(lesson => lesson.Text.StartsWith("common", StringComparison.Ordinal)).Should().HaveCount(Each).And.OnlyContain(
            lesson => lesson.Provenances.Length == Processes * Writers && lesson.Credit == new LessonCredit(Processes * Writers, Processes * Writers, Processes * Writers * 0.5));
        snapshot.Lessons.Where(lesson => lesson.Text.StartsWith("lesson", StringComparison.Ordinal)).Should().OnlyContain(lesson => lesson.Credit == new LessonCredit(1, 1, 0.5));
        snapshot.Uses.Should().HaveCount(Processes * Writers * Each).And.OnlyContain(use => use.LessonIds.Length == 2 && use.DeltaG == 0.5);
    }

    [Fact]
    public async Task What_a_killed_process_was_told_is_kept_and_the_rest_is_whole_or_absent()
    {
        string[][] acknowledged = await Task.WhenAll(
            RunWorkerAsync("killed", 1_000, 2, killAfter: 9), RunWorkerAsync("spared", 10, 2));

        SqlEpisodicMemory memory = await OpenAsync();
        MemorySnapshot snapshot = await memory.ExportAsync();
        Dictionary<string, Lesson> byText = snapshot.Lessons.ToDictionary(lesson => lesson.Text);
        byText.Keys.Should().Contain(acknowledged.SelectMany(lines => lines).Select(line => $"lesson {line}"));
        acknowledged.SelectMany(lines => lines).Should().OnlyContain(line => byText[$"lesson {line}"].Credit == new LessonCredit(1, 1, 0.5));
        foreach (Lesson lesson in snapshot.Lessons)
        {
            LessonUse[] uses = [.. snapshot.Uses.Where(use => use.LessonIds.Contains(lesson.Id))];
            lesson.Credit.Should().Be(new LessonCredit(uses.Length, uses.Count(use => use.DeltaG is not null), uses.Sum(use => use.DeltaG ?? 0)));
        }

        (await memory.AddAsync(Of("after"))).Text.Should().Be("after");
    }

    [Fact]
    public async Task Many_that_set_up_the_same_database_at_once_find_one_another()
    {
        SqlEpisodicMemory[] memories = [.. Enumerable.Range(0, 6).Select(_ => Create())];

        await Task.WhenAll(memories.Select((memory, i) => Task.Run(async () => await memory.AddAsync(Of($"lesson {i}")))));

        foreach (SqlEpisodicMemory memory in memories)
        {
            (await memory.RecallAsync(Query())).Should().HaveCount(6);
        }
    }

    [Fact]
    public async Task Tables_of_a_newer_release_are_refused_also_while_running()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("a"));
        await ExecuteAsync("UPDATE reflexion_schema SET version = 99");

        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await OpenAsync(),
            async () => await memory.AddAsync(Of("b")),
            async () => await memory.RecallAsync(Query()),
        })
        {
            (await call.Should().ThrowAsync<StoreException>().WithMessage($"*has tables of version 99, and this release understands versions up to {SqlMemoryTables.All.Version}; use a newer release of Reflexion."))
                .Which.Fault.Should().Be(StoreFault.NewerSchema);
        }
    }

    [Fact]
    public async Task A_call_waits_for_another_writer_for_so_long_and_no_longer()
    {
        SqlEpisodicMemory patient = await OpenAsync();
        SqlEpisodicMemory hasty = await OpenAsync(new PlainSqlOptions { LockTimeout = TimeSpan.Zero });
        Task<Lesson> waiting;
        await using (await HoldWriteLockAsync())
        {
            waiting = patient.AddAsync(Of("patient")).AsTask();
            Func<Task> add = async () => await hasty.AddAsync(Of("hasty"));
            (await add.Should().ThrowAsync<StoreException>().WithMessage("*stayed locked by others*Nothing was written*")).Which.Fault.Should().Be(StoreFault.Busy);
            (await hasty.RecallAsync(Query())).Should().BeEmpty("readers wait for nobody");
            waiting.IsCompleted.Should().BeFalse();
        }

        await waiting;
        await hasty.AddAsync(Of("hasty"));
        (await patient.RecallAsync(Query())).Select(lesson => lesson.Text).Should().Equal("patient", "hasty");
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_is_never_carried_out()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        using var source = new CancellationTokenSource();
        await using (await HoldWriteLockAsync())
        {
            Task<Lesson> add = memory.AddAsync(Of("a"), source.Token).AsTask();
            await source.CancelAsync();
            Func<Task> wait = () => add;
            await wait.Should().ThrowAsync<OperationCanceledException>();
        }

        await memory.AddAsync(Of("b"));
        (await memory.RecallAsync(Query())).Should().ContainSingle().Which.Text.Should().Be("b");
    }

    [Fact]
    public async Task Names_of_any_length_and_any_characters_are_kept_apart()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        string[] names = ["", " ", "a", "A", "ä", "a'; DROP TABLE lessons --", "%", "\0", "\0\0", new('x', 3_000), new string('x', 3_000) + "y", "\uFFFD", "sha256:", "日本語 🎯"];
        foreach (string name in names)
        {
            await memory.AddAsync(Of($"lesson {name}", task: name, agent: name, tenant: name, episode: $"e{name}"));
            await memory.RecordUseAsync(new($"e{name}", 1, [Of($"lesson {name}", task: name, agent: name, tenant: name).Id], 0.5));
        }

        foreach (string name in names)
        {
            Lesson lesson = (await memory.RecallAsync(Query(name, name, name))).Should().ContainSingle().Subject;
            lesson.Scope.Should().Be(new LessonScope(name, name, name));
            lesson.Credit.Should().Be(new LessonCredit(1, 1, 0.5));
        }
    }

    [Fact]
    public async Task A_lesson_of_a_thousand_words_with_broken_characters_is_found_by_each_of_them()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of($"{string.Join(' ', Enumerable.Range(0, 1_200).Select(i => $"w{i}"))} half\ud83c \0 {new string('z', 5_000)}"));

        foreach (string text in new[] { "w0", "w1199", "half\ud83c", new string('z', 5_000) })
        {
            (await memory.RecallAsync(Query("none", breadth: LessonBreadth.Agent) with { Text = text })).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task A_disposed_memory_takes_no_more()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.DisposeAsync();
        await memory.DisposeAsync();
        Func<Task> add = async () => await memory.AddAsync(Of("late"));
        Func<Task> recall = async () => await memory.RecallAsync(Query());

        await add.Should().ThrowAsync<ObjectDisposedException>();
        await recall.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_row_that_was_altered_is_named()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("a"));
        await ExecuteAsync("UPDATE lessons SET content = replace(content, '\"text\":\"a\"', '\"text\":\"b\"')");
        Func<Task> recall = async () => await memory.RecallAsync(Query());

        await recall.Should().ThrowAsync<MemoryFormatException>().WithMessage("Table lessons, line 1: *one of them was altered*");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (SqlMemoryOptions options in new PlainSqlOptions[]
        {
            new() { LockTimeout = TimeSpan.FromTicks(-1) }, new() { LockTimeout = TimeSpan.FromDays(2) }, new() { RetryFor = TimeSpan.FromTicks(-1) },
        })
        {
            Action create = () => Create(options);
            create.Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    /// <summary>Creates another memory over this test's database.</summary>
    protected abstract SqlEpisodicMemory CreateMemory(SqlMemoryOptions options, TimeProvider? time);

    /// <summary>Creates a memory over an empty database.</summary>
    protected abstract ValueTask<SqlEpisodicMemory> CreateEmptyAsync(SqlMemoryOptions options, TimeProvider time);

    /// <summary>Opens a connection to this test's database past the memory.</summary>
    protected abstract ValueTask<DbConnection> ConnectAsync();

    /// <summary>Takes the lock that writers take, until it is disposed.</summary>
    protected abstract ValueTask<IAsyncDisposable> HoldWriteLockAsync();

    protected SqlEpisodicMemory Create(SqlMemoryOptions? options = null, TimeProvider? time = null)
    {
        SqlEpisodicMemory memory = CreateMemory(options ?? new PlainSqlOptions(), time);
        _opened.Add(memory);
        return memory;
    }

    protected async Task<SqlEpisodicMemory> OpenAsync(SqlMemoryOptions? options = null)
    {
        SqlEpisodicMemory memory = Create(options);
        await memory.RecallAsync(Query());
        return memory;
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async ValueTask<SqlEpisodicMemory> OpenEmptyAsync(MemoryOptions options, TimeProvider time)
    {
        SqlEpisodicMemory memory = await CreateEmptyAsync(SqlOptions.Like(options, new PlainSqlOptions()), time);
        _opened.Add(memory);
        return memory;
    }

    private static async Task<object> Do(IEpisodicMemory memory, int seed, FakeTime time)
    {
        var random = new Random(seed);
        int what = random.Next(8);
        Lesson lesson = Of(
            $"word{what} word{what / 2} text{what / 4}", $"t{random.Next(2)}", $"a{random.Next(2)}", $"x{random.Next(2)}", $"e{random.Next(20)}",
            minutes: (time.GetUtcNow() - Start).TotalMinutes);
        LessonQuery query = new(lesson.Scope) { Breadth = (LessonBreadth)random.Next(3), Limit = 4, Text = random.Next(2) == 0 ? null : $"word1 word2 text{what / 4}" };
        switch (random.Next(12))
        {
            case < 5:
                return await memory.AddAsync(lesson);
            case < 8:
                IReadOnlyList<Lesson> used = await memory.RecallAsync(query);
                await memory.RecordUseAsync(new("e", random.Next(1, 30), [.. used.Select(each => each.Id)], random.Next(3) == 0 ? null : random.Next(-4, 5) / 4.0));
                return used;
            case 8:
                await memory.QuarantineAsync(new(lesson, $"reason {random.Next(3)}", time.GetUtcNow()));
                return true;
            case 9:
                MemorySnapshot own = await memory.ExportAsync();
                await memory.ImportAsync(own with { Lessons = [.. own.Lessons.Take(2), lesson], Uses = [.. own.Uses, new("foreign", random.Next(1, 9), [lesson.Id], 0.25)] });
                return own;
            default:
                return await memory.RecallAsync(query);
        }
    }

    private async Task<string[]> RunWorkerAsync(string name, int count, int writers, int killAfter = int.MaxValue)
    {
        using Process worker = WorkerProcess.Start(
            "dotnet", [WorkerProcess.Path, StoreName, name, count.ToString(CultureInfo.InvariantCulture), writers.ToString(CultureInfo.InvariantCulture)]);
        Task<string> errors = worker.StandardError.ReadToEndAsync();
        var acknowledged = new List<string>();
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
            if (acknowledged.Count == killAfter)
            {
                worker.Kill();
            }
        }

        await worker.WaitForExitAsync();
        (await errors).Should().BeEmpty();
        return [.. acknowledged];
    }
}
