using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <content>The credit ledger.</content>
public abstract partial class EpisodicMemoryConformance
{
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
}
