using System.Collections.Immutable;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <summary>What every memory does. A store's tests inherit it and say how to open the store.</summary>
public abstract class EpisodicMemoryConformance : IAsyncLifetime
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
    public async Task A_use_counts_when_recorded_and_is_credited_when_scored()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson[] lessons = await Add(memory, "a", "b", "c");

        await memory.RecordUseAsync(Use(2, null, lessons[0], lessons[1]));
        (await CreditOf(memory, "a")).Should().Be(new LessonCredit(1, 0, 0));
        memory = await ReopenAsync(memory);
        await memory.RecordUseAsync(Use(2, -0.25, lessons[0], lessons[1]));
        await memory.RecordUseAsync(Use(3, 0.75, lessons[0]));
        memory = await ReopenAsync(memory);

        (await CreditOf(memory, "a")).Should().Be(new LessonCredit(2, 2, 0.5));
        (await CreditOf(memory, "b")).Should().Be(new LessonCredit(1, 1, -0.25));
        (await CreditOf(memory, "c")).Should().Be(new LessonCredit(0, 0, 0));
        (await memory.ExportAsync()).Uses.Select(use => (use.Trial, use.DeltaG)).Should().Equal((2, -0.25), (3, 0.75));
    }

    [Fact]
    public async Task A_use_is_not_counted_twice_whatever_is_repeated()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson[] lessons = await Add(memory, "a", "b");

        await memory.RecordUseAsync(Use(2, null, lessons[0], lessons[0]));
        await memory.RecordUseAsync(Use(2, null, lessons[0]));
        await memory.RecordUseAsync(Use(2, 0.5, lessons[0]));
        await memory.RecordUseAsync(Use(2, 0.25, lessons));
        await memory.RecordUseAsync(Use(2, null, lessons[1]));
        memory = await ReopenAsync(memory);

        (await CreditOf(memory, "a")).Should().Be(new LessonCredit(1, 1, 0.5));
        (await CreditOf(memory, "b")).Should().Be(default(LessonCredit));
        LessonUse use = (await memory.ExportAsync()).Uses.Should().ContainSingle().Subject;
        use.LessonIds.Should().Equal(lessons[0].Id);
        use.DeltaG.Should().Be(0.5);
    }

    [Fact]
    public async Task The_second_call_completes_the_lessons_of_the_first()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson[] lessons = await Add(memory, "a", "b");

        await memory.RecordUseAsync(Use(2, null, lessons[0]));
        await memory.RecordUseAsync(Use(2, 1, lessons[1]));

        (await CreditOf(memory, "a")).Should().Be(new LessonCredit(1, 1, 1));
        (await CreditOf(memory, "b")).Should().Be(default(LessonCredit));
    }

    [Fact]
    public async Task Unknown_lessons_are_left_out_of_the_ledger_and_a_trial_without_lessons_stands_in_it()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson known = await memory.AddAsync(Of("a"));

        await memory.RecordUseAsync(Use(2, 0.5, known, Of("unknown")));
        await memory.RecordUseAsync(Use(3, 0.5, Of("unknown")));
        await memory.RecordUseAsync(Use(4, 0.25));
        memory = await ReopenAsync(memory);

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Uses.Select(use => use.Trial).Should().Equal(2, 4);
        snapshot.Uses[0].LessonIds.Should().Equal(known.Id);
        snapshot.Uses[1].Should().BeEquivalentTo(new LessonUse("e1", 4, [], 0.25));
    }

    [Fact]
    public async Task A_full_task_gives_up_the_harmful_lesson_first_and_the_helpful_one_last()
    {
        var options = new MemoryOptions { MaxLessonsPerTask = 4 };
        IEpisodicMemory memory = await OpenAsync(options);
        Lesson[] lessons = await Add(memory, "helpful", "old", "young", "harmful");
        await memory.RecordUseAsync(Use(2, 0.5, lessons[0]));
        await memory.RecordUseAsync(Use(3, -0.5, lessons[3]));

        foreach ((string text, string[] kept) in new[]
        {
            ("n1", new[] { "helpful", "old", "young", "n1" }),
            ("n2", ["helpful", "young", "n1", "n2"]),
            ("n3", ["helpful", "n1", "n2", "n3"]),
        })
        {
            await memory.AddAsync(Of(text, minutes: 10));
            memory = await ReopenAsync(memory, options);
            await Recalls(memory, Query(), kept);
        }
    }

    [Fact]
    public async Task What_was_just_learnt_is_kept_even_where_all_else_has_helped()
    {
        IEpisodicMemory memory = await OpenAsync(new() { MaxLessonsPerTask = 1 });
        Lesson helpful = await memory.AddAsync(Of("helpful"));
        await memory.RecordUseAsync(Use(2, 1, helpful));

        Lesson filed = await memory.AddAsync(Of("new"));

        filed.Text.Should().Be("new");
        await Recalls(memory, Query(), "new");
    }

    [Fact]
    public async Task A_full_memory_takes_from_the_tenant_that_holds_most()
    {
        var options = new MemoryOptions { MaxLessons = 3 };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("small", tenant: "small", minutes: 0));
        await memory.AddAsync(Of("big 1", tenant: "big", task: "t1", minutes: 1));
        await memory.AddAsync(Of("big 2", tenant: "big", task: "t2", minutes: 2));

        await memory.AddAsync(Of("newcomer", tenant: "newcomer", minutes: 3));
        memory = await ReopenAsync(memory, options);

        (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Text).Should().Equal("small", "big 2", "newcomer");
    }

    [Fact]
    public async Task A_use_of_a_lesson_that_gave_way_is_completed_in_the_ledger_only()
    {
        IEpisodicMemory memory = await OpenAsync(new() { MaxLessonsPerTask = 1 });
        Lesson gone = await memory.AddAsync(Of("a", minutes: 1));
        await memory.RecordUseAsync(Use(2, null, gone));
        await memory.AddAsync(Of("b", minutes: 2));
        await memory.AddAsync(Of("a", episode: "e9", minutes: 3));

        await memory.RecordUseAsync(Use(2, 0.5, gone));

        (await CreditOf(memory, "a")).Should().Be(default(LessonCredit), "the lesson was learnt anew after that use");
        (await memory.ExportAsync()).Uses.Should().ContainSingle().Which.DeltaG.Should().Be(0.5);
    }

    [Fact]
    public async Task Lessons_past_their_age_are_gone_and_start_afresh_when_learnt_again()
    {
        var options = new MemoryOptions { MaxAge = TimeSpan.FromMinutes(10) };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("old", minutes: 0) with { Credit = new(1, 1, 1) });
        await memory.AddAsync(Of("young", minutes: 5));

        _time.Advance(TimeSpan.FromMinutes(10));
        await Recalls(memory, Query(), "old", "young");
        _time.Advance(TimeSpan.FromTicks(1));
        await Recalls(memory, Query(), "young");
        (await memory.ExportAsync()).Lessons.Should().ContainSingle();
        Lesson again = await memory.AddAsync(Of("old", minutes: 10));
        memory = await ReopenAsync(memory, options);

        again.Provenances.Should().ContainSingle();
        again.Credit.Should().Be(default(LessonCredit));
        await Recalls(memory, Query(), "young", "old");
    }

    [Fact]
    public async Task A_merge_makes_a_lesson_young_again()
    {
        var options = new MemoryOptions { MaxAge = TimeSpan.FromMinutes(10) };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("a", minutes: 0));
        await memory.AddAsync(Of("b", minutes: 1));
        await memory.AddAsync(Of("a", episode: "e2", minutes: 9));

        _time.Advance(TimeSpan.FromMinutes(12));
        await memory.AddAsync(Of("c", minutes: 12));

        await Recalls(memory, Query(), "a", "c");
    }

    [Fact]
    public async Task The_ledgers_drop_their_oldest_tenth_when_full()
    {
        var options = new MemoryOptions { MaxUses = 20, MaxQuarantined = 1 };
        IEpisodicMemory memory = await OpenAsync(options);
        Lesson lesson = await memory.AddAsync(Of("a"));
        for (int trial = 1; trial <= 21; trial++)
        {
            await memory.RecordUseAsync(Use(trial, 0, lesson));
        }

        await memory.QuarantineAsync(new(lesson, "one", Start));
        await memory.QuarantineAsync(new(lesson, "two", Start));
        memory = await ReopenAsync(memory, options);

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Uses.Select(use => use.Trial).Should().Equal(Enumerable.Range(3, 19));
        snapshot.Quarantine.Should().ContainSingle().Which.Reason.Should().Be("two");
        snapshot.Lessons[0].Credit.Uses.Should().Be(21, "a lesson keeps the credit of dropped uses");
    }

    [Fact]
    public async Task A_rejected_lesson_is_kept_and_never_recalled()
    {
        IEpisodicMemory memory = await OpenAsync();
        var rejected = new QuarantinedLesson(Of("leak") with { Plan = "plan" }, "It quotes the reference.", Start.AddMinutes(3));

        await memory.QuarantineAsync(rejected);
        await memory.QuarantineAsync(rejected);
        await memory.QuarantineAsync(rejected with { Reason = "other" });
        memory = await ReopenAsync(memory);

        await Recalls(memory, Query(breadth: LessonBreadth.Tenant));
        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Should().BeEmpty();
        snapshot.Quarantine.Should().BeEquivalentTo([rejected, rejected with { Reason = "other" }], check => check.WithStrictOrdering());
    }

    [Fact]
    public async Task An_export_imported_elsewhere_is_the_same_memory_and_importing_again_changes_nothing()
    {
        IEpisodicMemory source = await Eventful();
        MemorySnapshot exported = await source.ExportAsync();
        IEpisodicMemory copy = await OpenAsync();

        await copy.ImportAsync(exported);
        Same(await copy.ExportAsync(), exported);
        await copy.ImportAsync(exported);
        copy = await ReopenAsync(copy);
        Same(await copy.ExportAsync(), exported);
        (await copy.RecallAsync(Query(limit: 2))).Select(lesson => lesson.Text)
            .Should().Equal((await source.RecallAsync(Query(limit: 2))).Select(lesson => lesson.Text));

        await source.ImportAsync(exported);
        Same(await source.ExportAsync(), exported);
    }

    [Fact]
    public async Task An_import_merges_lessons_and_counts_only_uses_not_yet_counted()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson shared = await memory.AddAsync(Of("shared", minutes: 1));
        await memory.RecordUseAsync(Use(2, null, shared));
        var foreign = new MemorySnapshot
        {
            Lessons = [Of("shared", episode: "e2", minutes: 2) with { Credit = new(2, 2, 1) }, Of("new", minutes: 3) with { Credit = new(1, 1, 0.25) }],
            Uses = [Use(2, 0.75, shared), new LessonUse("e2", 2, [shared.Id, Of("new").Id, "gone"], 0.25)],
        };

        await memory.ImportAsync(foreign);
        await memory.ImportAsync(foreign);
        memory = await ReopenAsync(memory);

        MemorySnapshot after = await memory.ExportAsync();
        after.Lessons.Select(lesson => lesson.Text).Should().Equal("shared", "new");
        after.Lessons[0].Provenances.Should().HaveCount(2);
        after.Lessons[0].Credit.Should().Be(new LessonCredit(2, 2, 1));
        after.Lessons[1].Credit.Should().Be(new LessonCredit(1, 1, 0.25), "it came with its credit");
        after.Uses.Should().HaveCount(2);
        after.Uses[1].LessonIds.Should().Equal(shared.Id, Of("new").Id);
    }

    [Fact]
    public async Task An_import_into_a_full_memory_keeps_the_best_and_importing_again_changes_nothing()
    {
        var options = new MemoryOptions { MaxLessonsPerTask = 2, MaxUses = 2, MaxQuarantined = 1 };
        Lesson good = Of("good", minutes: 1) with { Credit = new(1, 1, 0.5) };
        var snapshot = new MemorySnapshot
        {
            Lessons = [good, Of("old", minutes: 2), Of("young", minutes: 3), Of("bad", minutes: 4) with { Credit = new(1, 1, -0.5) }],
            Uses = [Use(2, 0, good), Use(3, 0, good), Use(4, 0, good)],
            Quarantine = [new(good, "one", Start), new(good, "two", Start)],
        };
        IEpisodicMemory memory = await OpenAsync(options);

        await memory.ImportAsync(snapshot);
        MemorySnapshot once = await memory.ExportAsync();
        await memory.ImportAsync(snapshot);
        memory = await ReopenAsync(memory, options);

        once.Lessons.Select(lesson => lesson.Text).Should().Equal("good", "young");
        once.Uses.Select(use => use.Trial).Should().Equal(3, 4);
        once.Quarantine.Should().ContainSingle().Which.Reason.Should().Be("two");
        Same(await memory.ExportAsync(), once);
    }

    [Fact]
    public async Task Uses_that_may_have_been_dropped_are_not_imported_again()
    {
        var options = new MemoryOptions { MaxUses = 2 };
        IEpisodicMemory memory = await OpenAsync(options);
        Lesson lesson = await memory.AddAsync(Of("a"));
        await memory.RecordUseAsync(Use(1, 1, lesson));
        MemorySnapshot early = await memory.ExportAsync();
        await memory.RecordUseAsync(Use(2, 1, lesson));
        await memory.RecordUseAsync(Use(3, 1, lesson));

        await memory.ImportAsync(early);
        memory = await ReopenAsync(memory, options);
        await memory.ImportAsync(early);

        (await CreditOf(memory, "a")).Should().Be(new LessonCredit(3, 3, 3));
    }

    [Fact]
    public async Task Expired_lessons_are_not_imported()
    {
        IEpisodicMemory memory = await OpenAsync(new() { MaxAge = TimeSpan.FromMinutes(10) });
        _time.Advance(TimeSpan.FromMinutes(15));

        await memory.ImportAsync(new() { Lessons = [Of("old", minutes: 4), Of("young", minutes: 5)] });

        (await memory.ExportAsync()).Lessons.Select(lesson => lesson.Text).Should().Equal("young");
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
