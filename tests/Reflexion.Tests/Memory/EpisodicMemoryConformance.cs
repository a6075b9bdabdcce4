using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>What every memory does. A store's tests inherit it and say how to open the store.</summary>
public abstract partial class EpisodicMemoryConformance : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private readonly List<IEpisodicMemory> _opened = [];

    /// <summary>Opens an empty memory.</summary>
    protected abstract ValueTask<IEpisodicMemory> OpenAsync(MemoryOptions options, TimeProvider time);

    /// <summary>Closes a memory and opens its store again; a memory that does not outlive itself is returned as it is.</summary>
    protected virtual ValueTask<IEpisodicMemory> ReopenAsync(IEpisodicMemory memory, MemoryOptions options, TimeProvider time) => new(memory);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (IAsyncDisposable memory in _opened.OfType<IAsyncDisposable>())
        {
            await memory.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_empty_memory_recalls_and_exports_nothing()
    {
        IEpisodicMemory memory = await OpenAsync();

        (await memory.RecallAsync(Query())).Should().BeEmpty();
        Same(await memory.ExportAsync(), new MemorySnapshot());
    }

    [Fact]
    public async Task A_lesson_comes_back_as_it_was_filed()
    {
        Lesson lesson = new(new("", "agent", "task"), "Söarch \"first\"\n\t\u2028 <b> 🎯, then answer.", new("e", 3, Start.AddTicks(1)) { ModelId = "m", PromptHash = "h", FromSuccess = true })
        {
            RootCause = "cause",
            Plan = "plan",
            Integrity = TextIntegrity.Model,
        };
        IEpisodicMemory memory = await OpenAsync();

        Lesson filed = await memory.AddAsync(lesson);
        memory = await ReopenAsync(memory);

        filed.Should().BeEquivalentTo(lesson);
        (await memory.RecallAsync(new(lesson.Scope))).Should().ContainSingle().Which.Should().BeEquivalentTo(lesson);
    }

    [Fact]
    public async Task A_lesson_learnt_again_is_one_lesson_with_both_provenances_and_its_credit()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson first = await memory.AddAsync(Of("Look left.", minutes: 1) with { Integrity = TextIntegrity.Model, Plan = "plan" });
        await memory.RecordUseAsync(Use(2, 0.5, first));

        Lesson merged = await memory.AddAsync(Of("look LEFT", episode: "e2", minutes: 2) with { RootCause = "cause", Plan = "other", Credit = new(9, 9, 9) });
        memory = await ReopenAsync(memory);

        merged.Id.Should().Be(first.Id);
        merged.Text.Should().Be("Look left.");
        merged.Provenances.Select(provenance => provenance.EpisodeId).Should().Equal("e1", "e2");
        merged.Credit.Should().Be(new LessonCredit(1, 1, 0.5));
        merged.RootCause.Should().Be("cause");
        merged.Plan.Should().Be("plan");
        merged.Integrity.Should().Be(TextIntegrity.Untrusted);
        (await memory.ExportAsync()).Lessons.Should().ContainSingle().Which.Should().BeEquivalentTo(merged);
    }

    [Fact]
    public async Task Provenances_stand_in_order_of_time_and_the_first_and_the_latest_31_are_kept()
    {
        IEpisodicMemory memory = await OpenAsync();
        foreach (int minute in Enumerable.Range(1, 40).Reverse())
        {
            await memory.AddAsync(Of("a", episode: $"e{minute}", minutes: minute));
        }

        Lesson lesson = (await memory.RecallAsync(Query())).Should().ContainSingle().Subject;

        lesson.Provenances.Select(provenance => (provenance.WrittenAt - Start).TotalMinutes)
            .Should().Equal(Enumerable.Range(10, 31).Prepend(1).Select(minute => (double)minute));
        lesson.LearntAt.Should().Be(Start.AddMinutes(1));
    }

    [Fact]
    public async Task Filing_the_very_same_lesson_again_changes_nothing()
    {
        IEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("a", minutes: 1));
        await memory.AddAsync(Of("b", minutes: 2));
        MemorySnapshot before = await memory.ExportAsync();

        await memory.AddAsync(Of("a", minutes: 1));
        memory = await ReopenAsync(memory);

        Same(await memory.ExportAsync(), before);
        await Recalls(memory, Query(limit: 1), "b");
    }

    [Fact]
    public async Task Recall_gives_the_most_recent_lessons_oldest_first()
    {
        IEpisodicMemory memory = await OpenAsync();
        await Add(memory, "a", "b", "c", "d");
        memory = await ReopenAsync(memory);

        await Recalls(memory, Query(limit: 3), "b", "c", "d");
        await Recalls(memory, Query(limit: 1), "d");
        await Recalls(memory, Query(limit: 0));
        await Recalls(memory, Query(limit: 9), "a", "b", "c", "d");
        (await memory.RecallAsync(new(new("tenant", "agent", "task")))).Should().HaveCount(3, "Ω is 3 by default");
    }

    [Fact]
    public async Task A_merged_lesson_counts_as_freshly_learnt_and_keeps_its_place_in_the_export()
    {
        IEpisodicMemory memory = await OpenAsync();
        await Add(memory, "a", "b", "c");
        await memory.AddAsync(Of("a", episode: "e2", minutes: 9));
        memory = await ReopenAsync(memory);

        await Recalls(memory, Query(limit: 2), "c", "a");
        (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Text).Should().Equal("a", "b", "c");
    }

    [Fact]
    public async Task Breadth_widens_recall_up_to_the_tenant_and_never_beyond()
    {
        IEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("own"));
        await memory.AddAsync(Of("other task", task: "task2"));
        await memory.AddAsync(Of("other agent", agent: "agent2"));
        await memory.AddAsync(Of("other tenant", tenant: "tenant2"));
        memory = await ReopenAsync(memory);

        await Recalls(memory, Query(), "own");
        await Recalls(memory, Query(breadth: LessonBreadth.Agent), "own", "other task");
        await Recalls(memory, Query(breadth: LessonBreadth.Tenant), "own", "other task", "other agent");
        await Recalls(memory, Query(tenant: "tenant2", breadth: LessonBreadth.Tenant), "other tenant");
        await Recalls(memory, Query(tenant: "", breadth: LessonBreadth.Tenant));
        await Recalls(memory, Query(task: "unknown"));
        await Recalls(memory, Query(task: "unknown", breadth: LessonBreadth.Agent), "own", "other task");
    }

    [Fact]
    public async Task A_lesson_merged_in_one_task_is_the_freshest_of_agent_and_tenant_too()
    {
        IEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("a", task: "t1"));
        await memory.AddAsync(Of("b", task: "t2"));
        await memory.AddAsync(Of("a", task: "t1", episode: "e2"));

        await Recalls(memory, Query(breadth: LessonBreadth.Agent, limit: 1), "a");
        await Recalls(memory, Query(breadth: LessonBreadth.Tenant, limit: 1), "a");
    }

    [Fact]
    public async Task The_same_words_in_two_scopes_are_two_lessons()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson one = await memory.AddAsync(Of("a", tenant: "x"));
        Lesson two = await memory.AddAsync(Of("a", tenant: "y"));

        one.Id.Should().NotBe(two.Id);
        (await memory.ExportAsync()).Lessons.Should().HaveCount(2);
    }

    [Fact]
    public async Task Sixteen_writers_at_once_lose_and_double_nothing()
    {
        IEpisodicMemory memory = await OpenAsync();
        const int Writers = 16;
        const int Each = 40;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                Lesson own = await memory.AddAsync(Of($"lesson {writer} {i}", task: $"task {writer}", episode: $"{writer}", trial: i + 1));
                Lesson common = await memory.AddAsync(Of($"common {i}", episode: $"{writer}", trial: i + 1));
                await memory.RecordUseAsync(new($"{writer}", i + 1, [own.Id, common.Id], null));
                await memory.RecordUseAsync(new($"{writer}", i + 1, [own.Id, common.Id], 0.5));
                (await memory.RecallAsync(Query(task: $"task {writer}", limit: 1))).Should().ContainSingle().Which.Id.Should().Be(own.Id);
            }
        })));
        memory = await ReopenAsync(memory);

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Select(lesson => lesson.Id).Should().OnlyHaveUniqueItems().And.HaveCount((Writers * Each) + Each);
        snapshot.Lessons.Where(lesson => lesson.Scope.TaskId == "task").Should().OnlyContain(
            lesson => lesson.Provenances.Length == Writers && lesson.Credit == new LessonCredit(Writers, Writers, Writers * 0.5));
        snapshot.Uses.Should().HaveCount(Writers * Each);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        IEpisodicMemory memory = await OpenAsync();
        var cancelled = new CancellationToken(canceled: true);
        Lesson lesson = Of("a");

        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await memory.AddAsync(lesson, cancelled),
            async () => await memory.RecallAsync(Query(), cancelled),
            async () => await memory.RecordUseAsync(Use(1, 0), cancelled),
            async () => await memory.QuarantineAsync(new(lesson, "", Start), cancelled),
            async () => await memory.ExportAsync(cancelled),
            async () => await memory.ImportAsync(new() { Lessons = [lesson] }, cancelled),
        })
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        Same(await memory.ExportAsync(), new MemorySnapshot());
    }

    [Fact]
    public async Task Cancellation_in_the_middle_leaves_each_lesson_whole_or_absent()
    {
        IEpisodicMemory memory = await OpenAsync(new() { MaxLessonsPerTask = 1_000 });
        using var source = new CancellationTokenSource();
        int done = 0;

        Task<Lesson?>[] adds = [.. Enumerable.Range(0, 500).Select(i => Task.Run(async () =>
        {
            try
            {
                Lesson filed = await memory.AddAsync(Of($"lesson {i}"), source.Token);
                if (Interlocked.Increment(ref done) == 100)
                {
                    await source.CancelAsync();
                }

                return filed;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }))];
        Lesson?[] filed = await Task.WhenAll(adds);
        memory = await ReopenAsync(memory, new() { MaxLessonsPerTask = 1_000 });

        string[] kept = [.. (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Text)];
        kept.Should().OnlyHaveUniqueItems().And.Contain(filed.OfType<Lesson>().Select(lesson => lesson.Text));
    }

    [Fact]
    public async Task Nonsense_is_refused_at_the_door()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson lesson = Of("a");
        var refused = new (Func<Task> Call, string Message)[]
        {
            (async () => await memory.AddAsync(null!), "*lesson*"),
            (async () => await memory.AddAsync(lesson with { Provenances = [] }), "*at least one provenance*"),
            (async () => await memory.AddAsync(lesson with { Credit = new(0, 1, 0) }), "*credit*"),
            (async () => await memory.AddAsync(lesson with { Credit = new(0, -1, 0) }), "*credit*"),
            (async () => await memory.AddAsync(lesson with { Credit = new(1, 1, double.NaN) }), "*credit*"),
            (async () => await memory.AddAsync(lesson with { State = (LessonState)4 }), "*unknown state 4*"),
            (async () => await memory.AddAsync(lesson with { Embedding = new("m", []) }), "*without coordinates*"),
            (async () => await memory.AddAsync(lesson with { Embedding = new(null!, [1]) }), "*without a model's id*"),
            (async () => await memory.AddAsync(lesson with { Embedding = new("m", [float.NaN]) }), "*not finite*"),
            (async () => await memory.RecallAsync(null!), "*query*"),
            (async () => await memory.RecallAsync(new(null!)), "*query*"),
            (async () => await memory.RecallAsync(Query(limit: -1)), "*query*"),
            (async () => await memory.RecallAsync(Query(breadth: (LessonBreadth)3)), "*a task, an agent or a tenant*"),
            (async () => await memory.RecordUseAsync(null!), "*use*"),
            (async () => await memory.RecordUseAsync(new(" ", 1, [], 0)), "*use*"),
            (async () => await memory.RecordUseAsync(new("e", 0, [], 0)), "*use*"),
            (async () => await memory.RecordUseAsync(new("e", 1, default, 0)), "*not initialised*"),
            (async () => await memory.RecordUseAsync(new("e", 1, [null!], 0)), "*holds null*"),
            (async () => await memory.RecordUseAsync(new("e", 1, [], 1.01)), "*[-1,1]*"),
            (async () => await memory.RecordUseAsync(new("e", 1, [], double.NaN)), "*[-1,1]*"),
            (async () => await memory.QuarantineAsync(null!), "*lesson*"),
            (async () => await memory.QuarantineAsync(new(lesson, null!, Start)), "*lesson*"),
            (async () => await memory.QuarantineAsync(new(null!, "", Start)), "*lesson*"),
            (async () => await memory.ImportAsync(null!), "*snapshot*"),
            (async () => await memory.ImportAsync(new() { Lessons = default }), "*not uninitialised*"),
            (async () => await memory.ImportAsync(new() { Lessons = [lesson, lesson with { Provenances = [] }] }), "*at least one provenance*"),
            (async () => await memory.ImportAsync(new() { Uses = [new("e", 0, [], 0)] }), "*snapshot*"),
            (async () => await memory.ImportAsync(new() { Quarantine = [new(lesson, null!, Start)] }), "*snapshot*"),
        };

        foreach ((Func<Task> call, string message) in refused)
        {
            await call.Should().ThrowAsync<ArgumentException>().WithMessage(message);
        }

        Same(await memory.ExportAsync(), new MemorySnapshot());
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public async Task The_bounds_of_a_change_in_return_are_accepted(double delta)
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson lesson = await memory.AddAsync(Of("a"));

        await memory.RecordUseAsync(Use(2, delta, lesson));

        (await CreditOf(memory, "a")).MeanDelta.Should().Be(delta);
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        foreach (MemoryOptions options in new MemoryOptions[]
        {
            new() { MaxLessonsPerTask = 0 },
            new() { MaxLessons = 0 },
            new() { MaxUses = 0 },
            new() { MaxQuarantined = 0 },
            new() { MaxAge = TimeSpan.Zero },
            new() { MergeSimilarity = 0 },
            new() { MergeSimilarity = 1.01 },
            new() { Recall = new() { UtilityWeight = -1 } },
            new() { Recall = new() { ExplorationWeight = double.NaN } },
            new() { Recall = new() { MaxCandidates = 0 } },
            new() { Lifecycle = new() { ProbationAfter = 0 } },
            new() { Lifecycle = new() { MinimumCreditedUses = 0 } },
            new() { Lifecycle = new() { PromoteAbove = 1.01 } },
            new() { Lifecycle = new() { RetireBelow = 0.01 } },
            new() { Lifecycle = new() { RetireBelow = -1.01 } },
            new() { Lifecycle = new() { ConfidenceQuantile = double.PositiveInfinity } },
        })
        {
            Func<Task> open = async () => await OpenAsync(options, _time);
            await open.Should().ThrowAsync<ArgumentOutOfRangeException>();
        }
    }

    private protected static void Same(MemorySnapshot actual, MemorySnapshot expected) =>
        actual.Should().BeEquivalentTo(expected, check => check.WithStrictOrdering());

    private static async Task Recalls(IEpisodicMemory memory, LessonQuery query, params string[] texts) =>
        (await memory.RecallAsync(query)).Select(lesson => lesson.Text).Should().Equal(texts);

    private static async Task<LessonCredit> CreditOf(IEpisodicMemory memory, string text) =>
        (await memory.ExportAsync()).Lessons.Single(lesson => lesson.Text == text).Credit;

    private static async Task<Lesson[]> Add(IEpisodicMemory memory, params string[] texts)
    {
        var filed = new List<Lesson>();
        foreach (string text in texts)
        {
            filed.Add(await memory.AddAsync(Of(text, minutes: filed.Count)));
        }

        return [.. filed];
    }

    private async Task<IEpisodicMemory> Eventful()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson[] lessons = await Add(memory, "a", "b", "c");
        await memory.AddAsync(Of("a", episode: "e2", minutes: 20));
        await memory.AddAsync(Of("elsewhere", tenant: "other", minutes: 21));
        await memory.RecordUseAsync(Use(2, null, lessons));
        await memory.RecordUseAsync(Use(2, 0.5, lessons));
        await memory.RecordUseAsync(Use(3, null, lessons[1]));
        await memory.QuarantineAsync(new(Of("bad"), "why", Start));
        return memory;
    }

    private async Task<IEpisodicMemory> OpenAsync(MemoryOptions? options = null)
    {
        IEpisodicMemory memory = await OpenAsync(options ?? new(), _time);
        _opened.Add(memory);
        return memory;
    }

    private async Task<IEpisodicMemory> ReopenAsync(IEpisodicMemory memory, MemoryOptions? options = null)
    {
        IEpisodicMemory again = await ReopenAsync(memory, options ?? new(), _time);
        _opened.Add(again);
        return again;
    }
}
