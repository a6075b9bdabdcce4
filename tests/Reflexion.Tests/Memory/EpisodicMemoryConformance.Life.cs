using FsCheck;
using FsCheck.Fluent;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <content>The life of a lesson, near-duplicates, and what tenants see of each other.</content>
public abstract partial class EpisodicMemoryConformance
{
    private static readonly MemoryOptions QuickToJudge = new() { Lifecycle = new() { MinimumCreditedUses = 2, ConfidenceQuantile = 0.5 } };

    [Fact]
    public async Task Credit_moves_a_lesson_from_candidate_over_probation_to_promoted()
    {
        IEpisodicMemory memory = await OpenAsync(QuickToJudge);
        Lesson lesson = await memory.AddAsync(Of("a"));
        lesson.State.Should().Be(LessonState.Candidate);

        await memory.RecordUseAsync(Use(1, null, lesson));
        (await StateOf(memory, "a")).Should().Be(LessonState.Probation);
        await memory.RecordUseAsync(Use(1, 1, lesson));
        (await StateOf(memory, "a")).Should().Be(LessonState.Probation);
        await memory.RecordUseAsync(Use(2, 1, lesson));
        memory = await ReopenAsync(memory, QuickToJudge);

        (await StateOf(memory, "a")).Should().Be(LessonState.Promoted);
        (await memory.RecallAsync(Query())).Should().ContainSingle().Which.State.Should().Be(LessonState.Promoted);
    }

    [Fact]
    public async Task A_harmful_lesson_is_retired_kept_and_not_recalled_until_it_is_learnt_again()
    {
        IEpisodicMemory memory = await OpenAsync(QuickToJudge);
        Lesson[] lessons = await Add(memory, "harmful key", "other");
        await memory.RecordUseAsync(Use(1, -1, lessons[0]));
        await memory.RecordUseAsync(Use(2, -1, lessons));
        await memory.RecordUseAsync(Use(3, null, lessons[0]));
        memory = await ReopenAsync(memory, QuickToJudge);

        await Recalls(memory, Query(), "other");
        await Recalls(memory, About("key"));
        Lesson retired = (await memory.ExportAsync()).Lessons[0];
        (retired.State, retired.Credit).Should().Be((LessonState.Retired, new LessonCredit(3, 2, -2)));

        Lesson again = await memory.AddAsync(Of("Harmful key!", episode: "e2", minutes: 9));
        memory = await ReopenAsync(memory, QuickToJudge);
        (again.State, again.Credit, again.Provenances.Length).Should().Be((LessonState.Candidate, default, 2));
        await Recalls(memory, Query(), "other", "harmful key");
        await Recalls(memory, About("key"), "harmful key");

        await memory.RecordUseAsync(Use(3, -1, lessons[0]));
        (await CreditOf(memory, "harmful key")).Should().Be(default(LessonCredit), "that use was from before it was learnt again");
    }

    [Fact]
    public async Task Filing_a_retired_lesson_with_nothing_new_does_not_bring_it_back()
    {
        IEpisodicMemory memory = await OpenAsync();
        Lesson retired = Of("a") with { State = LessonState.Retired, Credit = new(9, 9, -9) };
        await memory.ImportAsync(new() { Lessons = [retired] });

        (await memory.AddAsync(Of("a"))).State.Should().Be(LessonState.Retired);
        await Recalls(memory, Query());
    }

    [Fact]
    public async Task States_and_embeddings_travel_with_an_export()
    {
        IEpisodicMemory source = await OpenAsync();
        await source.AddAsync(Of("a") with { State = LessonState.Promoted, Embedding = new("m", [0.5f, float.Epsilon, -1]) });
        await source.AddAsync(Of("b") with { State = LessonState.Retired });
        MemorySnapshot exported = await source.ExportAsync();
        IEpisodicMemory copy = await OpenAsync();

        await copy.ImportAsync(exported);
        copy = await ReopenAsync(copy);

        Same(await copy.ExportAsync(), exported);
        exported.Lessons[0].Embedding!.Vector.Should().Equal(0.5f, float.Epsilon, -1);
    }

    [Fact]
    public async Task A_near_duplicate_is_merged_into_the_closest_lesson_of_its_task_when_asked_for()
    {
        var options = new MemoryOptions { MergeSimilarity = 0.7 };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("Always search for film before director.", minutes: 0));
        Lesson original = await memory.AddAsync(Of("Search for film before its director first.", minutes: 1) with { Embedding = new("m", [1]) });
        await memory.AddAsync(Of("Search for film before its director first.", task: "task2", minutes: 2));

        Lesson merged = await memory.AddAsync(
            Of("First search for the film before its director!", episode: "e2", minutes: 3) with { Plan = "plan", Embedding = new("m", [2]) });
        Lesson apart = await memory.AddAsync(Of("Open the drawer.", minutes: 4));
        memory = await ReopenAsync(memory, options);

        merged.Id.Should().Be(original.Id);
        merged.Text.Should().Be(original.Text);
        merged.Plan.Should().Be("plan");
        merged.Provenances.Select(learnt => learnt.EpisodeId).Should().Equal("e1", "e2");
        merged.Embedding!.Vector.Should().Equal(1);
        (await memory.ExportAsync()).Lessons.Should().HaveCount(4).And.Contain(lesson => lesson.Id == apart.Id);
    }

    [Fact]
    public async Task Near_duplicates_are_kept_apart_by_default()
    {
        IEpisodicMemory memory = await OpenAsync();
        await Add(memory, "Search for film before its director.", "Search for film before the its director now.");

        (await memory.ExportAsync()).Lessons.Should().HaveCount(2);
    }

    [Fact]
    public async Task Whatever_another_tenant_does_a_tenant_sees_only_its_own_and_the_same_as_if_it_were_alone()
    {
        int seed = 0;
        foreach ((int Action, int What, int Who)[] history in Histories.Generator.Sample(12, 8))
        {
            IEpisodicMemory shared = await OpenAsync(QuickToJudge);
            IEpisodicMemory alone = await OpenAsync(QuickToJudge);
            foreach (((int action, int what, int who), int index) in history.Select((step, index) => (step, index)))
            {
                string tenant = who == 0 ? "mine" : "other";
                await Do(shared, action, what, tenant, index + ++seed);
                if (who == 0)
                {
                    await Do(alone, action, what, tenant, index + seed);
                }
            }

            foreach (LessonBreadth breadth in Enum.GetValues<LessonBreadth>())
            {
                foreach (string? text in new[] { null, "word0 word1 word2" })
                {
                    LessonQuery query = Query("t1", tenant: "mine", breadth: breadth) with { Text = text };
                    IReadOnlyList<Lesson> seen = await shared.RecallAsync(query);
                    seen.Should().NotContain(lesson => lesson.Scope.Tenant != "mine");
                    seen.Should().BeEquivalentTo(await alone.RecallAsync(query), check => check.WithStrictOrdering());
                }
            }
        }
    }

    private static Arbitrary<(int Action, int What, int Who)[]> Histories =>
        (from action in Gen.Choose(0, 3)
         from what in Gen.Choose(0, 5)
         from who in Gen.Choose(0, 1)
         select (action, what, who)).ArrayOf(14).ToArbitrary();

    private static async Task Do(IEpisodicMemory memory, int action, int what, string tenant, int trial)
    {
        Lesson lesson = Of($"word{what} word{what % 2} text", task: $"t{what % 3}", tenant: tenant, episode: $"{tenant}{action}");
        if (action < 2)
        {
            await memory.AddAsync(lesson);
        }
        else
        {
            await memory.RecordUseAsync(new($"{tenant} episode", trial, [lesson.Id], action == 2 ? -1 : 0.5));
        }
    }

    private static async Task<LessonState> StateOf(IEpisodicMemory memory, string text) =>
        (await memory.ExportAsync()).Lessons.Single(lesson => lesson.Text == text).State;
}
