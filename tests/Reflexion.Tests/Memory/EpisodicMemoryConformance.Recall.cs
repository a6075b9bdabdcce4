using Microsoft.Extensions.AI;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

/// <content>Recall by what lessons are about.</content>
public abstract partial class EpisodicMemoryConformance
{
    private static readonly RecallOptions ByRelevanceAlone = new() { UtilityWeight = 0 };

    [Fact]
    public async Task Recall_by_text_gives_lessons_that_share_words_the_most_telling_last()
    {
        IEpisodicMemory memory = await OpenAsync(new() { Recall = ByRelevanceAlone });
        foreach (string text in new[]
        {
            "Search the film before its director.",
            "Search the river on a map.",
            "Look the director up, then the film of the director.",
            "Open the drawer and take the key.",
            "Search the map of the town.",
        })
        {
            await memory.AddAsync(Of(text, task: text));
        }

        memory = await ReopenAsync(memory, new() { Recall = ByRelevanceAlone });

        await Recalls(memory, About("Which director made the film?"), "Search the film before its director.", "Look the director up, then the film of the director.");
        await Recalls(memory, About("search", limit: 2), "Search the river on a map.", "Search the map of the town.");
        await Recalls(memory, About("KEY, drawer?"), "Open the drawer and take the key.");
        await Recalls(memory, About("unrelated"));
        await Recalls(memory, About("..."));
        await Recalls(memory, About("film", limit: 0));
        await Recalls(memory, About(" ", limit: 1), "Search the map of the town.");
    }

    [Fact]
    public async Task Root_cause_and_plan_are_searched_too_also_where_they_were_learnt_later()
    {
        IEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("one", task: "t1") with { RootCause = "The oven was cold." });
        await memory.AddAsync(Of("two", task: "t2"));
        await memory.AddAsync(Of("two", task: "t2", episode: "e2") with { Plan = "Heat the oven first." });

        await Recalls(memory, About("oven", limit: 1), "two");
        await Recalls(memory, About("cold"), "one");
        await Recalls(memory, About("heat"), "two");
    }

    [Fact]
    public async Task Lessons_of_the_very_task_are_relevant_whatever_they_say()
    {
        IEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("Answer in one word.", task: "this"));
        await memory.AddAsync(Of("Be brief.", task: "this", agent: "agent2"));
        await memory.AddAsync(Of("Be careful.", task: "other"));

        await Recalls(memory, About("a film", task: "this", breadth: LessonBreadth.Task), "Answer in one word.");
        await Recalls(memory, About("a film", task: "this"), "Answer in one word.");
        await Recalls(memory, About("a film", task: "this", breadth: LessonBreadth.Tenant), "Answer in one word.", "Be brief.");
    }

    [Fact]
    public async Task Recall_by_text_stays_within_its_breadth_and_never_leaves_the_tenant()
    {
        IEpisodicMemory memory = await OpenAsync(new() { Recall = ByRelevanceAlone });
        await memory.AddAsync(Of("key own"));
        await memory.AddAsync(Of("key other task", task: "task2"));
        await memory.AddAsync(Of("key other agent", agent: "agent2"));
        await memory.AddAsync(Of("key other tenant", tenant: "tenant2"));

        await Recalls(memory, About("key", task: "task", breadth: LessonBreadth.Task), "key own");
        await Recalls(memory, About("key", task: "task"), "key other task", "key own");
        await Recalls(memory, About("key", task: "task", breadth: LessonBreadth.Tenant), "key other task", "key own", "key other agent");
        await Recalls(memory, About("key", tenant: "tenant2", breadth: LessonBreadth.Tenant), "key other tenant");
        await Recalls(memory, About("key", tenant: "unknown", breadth: LessonBreadth.Tenant));
    }

    [Fact]
    public async Task What_another_tenant_learns_moves_no_ranking()
    {
        IEpisodicMemory memory = await OpenAsync(new() { Recall = ByRelevanceAlone });
        await memory.AddAsync(Of("rare word", task: "t1"));
        await memory.AddAsync(Of("common thing", task: "t2"));
        await memory.AddAsync(Of("common thought", task: "t3"));
        for (int i = 0; i < 20; i++)
        {
            await memory.AddAsync(Of($"rare {i}", tenant: "noisy"));
        }

        await Recalls(memory, About("rare common"), "common thing", "common thought", "rare word");
    }

    [Fact]
    public async Task Gone_lessons_leave_the_ranking()
    {
        var options = new MemoryOptions { MaxLessonsPerTask = 1, MaxAge = TimeSpan.FromMinutes(10) };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("key first", minutes: 0));
        await Recalls(memory, About("key"), "key first");
        await memory.AddAsync(Of("key second", minutes: 5));
        await Recalls(memory, About("first key"), "key second");

        _time.Advance(TimeSpan.FromMinutes(16));
        await Recalls(memory, About("key"));
    }

    [Fact]
    public async Task The_work_of_a_recall_is_bounded_rarest_word_and_latest_lesson_first()
    {
        var options = new MemoryOptions { Recall = ByRelevanceAlone with { MaxCandidates = 3 } };
        IEpisodicMemory memory = await OpenAsync(options);
        foreach (string text in new[] { "rare one", "common two", "common three", "common four" })
        {
            await memory.AddAsync(Of(text, task: text));
        }

        await Recalls(memory, About("common rare"), "common three", "common four", "rare one");
    }

    [Fact]
    public async Task Measured_utility_moves_lessons_that_are_as_relevant()
    {
        IEpisodicMemory memory = await OpenAsync(new() { Recall = new() { ExplorationWeight = 0 } });
        Lesson[] lessons = [await memory.AddAsync(Of("key one", task: "t1")), await memory.AddAsync(Of("key two", task: "t2")), await memory.AddAsync(Of("key three", task: "t3"))];
        await memory.RecordUseAsync(Use(1, 0.5, lessons[0]));
        await memory.RecordUseAsync(Use(2, -0.5, lessons[2]));

        await Recalls(memory, About("key"), "key three", "key two", "key one");
    }

    [Fact]
    public async Task A_lesson_little_tried_gets_its_chance()
    {
        IEpisodicMemory memory = await OpenAsync(new() { Recall = new() { ExplorationWeight = 2 } });
        Lesson tried = await memory.AddAsync(Of("key tried", task: "t1"));
        await memory.AddAsync(Of("key untried", task: "t2"));
        for (int trial = 1; trial <= 8; trial++)
        {
            await memory.RecordUseAsync(Use(trial, 0.25, tried));
        }

        await Recalls(memory, About("key", limit: 1), "key untried");
    }

    [Fact]
    public async Task With_embeddings_lessons_are_found_by_meaning_and_both_rankings_are_fused()
    {
        using var embedder = new WheelEmbedder();
        var options = new MemoryOptions { Recall = ByRelevanceAlone with { EmbeddingGenerator = embedder } };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("words and meaning 10", task: "t1"));
        await memory.AddAsync(Of("meaning only 20", task: "t2"));
        await memory.AddAsync(Of("words only 200", task: "t3"));
        await memory.AddAsync(Of("neither of them 180", task: "t4"));
        memory = await ReopenAsync(memory, options);

        await Recalls(memory, About("words 0"), "meaning only 20", "words only 200", "words and meaning 10");
        Lesson stored = (await memory.ExportAsync()).Lessons[1];
        stored.Embedding!.ModelId.Should().Be("wheel");
        stored.Embedding.Vector.Should().Equal(WheelEmbedder.VectorOf("20"));
    }

    [Fact]
    public async Task Embeddings_of_another_model_are_not_compared()
    {
        using var embedder = new WheelEmbedder();
        var options = new MemoryOptions { Recall = ByRelevanceAlone with { EmbeddingGenerator = embedder } };
        IEpisodicMemory memory = await OpenAsync(options);
        await memory.AddAsync(Of("foreign", task: "t1") with { Embedding = new("other", [1, 0]) });
        await memory.AddAsync(Of("longer", task: "t2") with { Embedding = new("wheel", [1, 0, 0]) });
        await memory.AddAsync(Of("own 0", task: "t3"));

        await Recalls(memory, About("0 degrees 0"), "own 0");
        embedder.Calls.Should().Be(2, "a lesson that brings an embedding needs none, and a query needs one");
        await memory.RecallAsync(Query());
        embedder.Calls.Should().Be(2);
    }

    [Fact]
    public async Task Only_the_latest_embeddings_are_compared_where_there_are_too_many()
    {
        using var embedder = new WheelEmbedder();
        IEpisodicMemory memory = await OpenAsync(new() { Recall = ByRelevanceAlone with { EmbeddingGenerator = embedder, MaxCandidates = 2 } });
        foreach (int degrees in new[] { 1, 2, 3 })
        {
            await memory.AddAsync(Of($"lesson {degrees}", task: $"t{degrees}"));
        }

        await Recalls(memory, About("0"), "lesson 3", "lesson 2");
    }

    [Fact]
    public async Task A_generator_that_fails_fails_the_call_and_nothing_is_filed()
    {
        using var embedder = new WheelEmbedder { Fails = true };
        IEpisodicMemory memory = await OpenAsync(new() { Recall = new() { EmbeddingGenerator = embedder } });
        Func<Task> add = async () => await memory.AddAsync(Of("a"));
        Func<Task> recall = async () => await memory.RecallAsync(About("a"));

        await add.Should().ThrowAsync<InvalidOperationException>().WithMessage("WheelEmbedder returned 0 embeddings*");
        await recall.Should().ThrowAsync<InvalidOperationException>();
        (await memory.ExportAsync()).Lessons.Should().BeEmpty();
    }

    private static LessonQuery About(
        string text, string task = "none", string tenant = "tenant", LessonBreadth breadth = LessonBreadth.Agent, int limit = 10) =>
        Query(task, tenant: tenant, breadth: breadth, limit: limit) with { Text = text };
}
