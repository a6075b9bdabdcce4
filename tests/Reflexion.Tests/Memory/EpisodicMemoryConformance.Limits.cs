using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <content>What gives way, what grows old, and what an import adds.</content>
public abstract partial class EpisodicMemoryConformance
{
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
}
