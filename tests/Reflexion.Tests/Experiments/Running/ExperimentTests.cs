using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class ExperimentTests
{
    private static readonly int[] Concurrencies = [1, 8];

    [Fact]
    public async Task Every_arm_works_on_every_task_with_every_seed()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model()).UseSeeds(1, 2).Describe("commit", "abc").Build().RunAsync();

        result.Episodes.Should().HaveCount(2 * 10 * 2);
        result.Outcomes.Values.Sum().Should().Be(40);
        result.IsComplete.Should().BeTrue();
        result.Arms.Select(arm => (arm.Name, arm.Strategy, arm.Model)).Should().Equal(
            ("adder+Retry", ReflexionStrategy.Retry, "adder"), ("adder+Reflexion", ReflexionStrategy.Reflexion, "adder"));
        result.EpisodesOf("adder+Retry").Count(episode => episode.Outcome == ExperimentOutcome.Solved).Should().Be(4 * 2);
        result.EpisodesOf("adder+Reflexion").Count(episode => episode.Outcome == ExperimentOutcome.Solved).Should().Be(8 * 2);
        result.Find("adder+Retry", "t03", 2)!.EpisodeId.Should().Be("sums/adder+Retry/t03/2");
        result.Find("adder+Retry", "t03", 2)!.Episode!.Trials.Should().HaveCount(3);
        result.Configuration.Should().Contain("commit", "abc").And.ContainKey("tasks.sha256");
        result.Arms[0].ModelIds[AgentComponent.Actor].Should().Be("scripted");
        result.Arms[0].Settings.Should().Contain("maxTrials", "3").And.Contain("evaluator", "ExactMatchEvaluator").And.NotContainKey("heldOutEvaluator");
        result.Arms[0].MaxTrials.Should().Be(3);
    }

    [Theory]
    [InlineData(LessonBreadth.Task, LessonSharing.ArmAndSeed)]
    [InlineData(LessonBreadth.Agent, LessonSharing.ArmAndSeed)]
    [InlineData(LessonBreadth.Agent, LessonSharing.Arm)]
    [InlineData(LessonBreadth.Task, LessonSharing.Experiment)]
    public async Task Parallelism_does_not_change_what_comes_out(LessonBreadth breadth, LessonSharing sharing)
    {
        string[][] runs = await Task.WhenAll(Concurrencies.Select(async concurrency =>
        {
            ExperimentResult result = await Sums.Builder(new DelayingClient(Sums.Model()))
                .UseSeeds(1, 2)
                .ConfigureAgents(agent => agent.Configure(options => options.LessonBreadth = breadth))
                .UseOptions(new() { MaxConcurrency = concurrency, LessonSharing = sharing })
                .Build().RunAsync();
            return result.Episodes.Select(Sums.Line).ToArray();
        }));

        runs[1].Should().Equal(runs[0]);
    }

    [Fact]
    public async Task Episodes_run_side_by_side_as_many_as_allowed_and_no_more()
    {
        var model = new GateClient(Sums.Model(), together: 3);

        await Sums.Builder(model).UseOptions(new() { MaxConcurrency = 3 }).Build().RunAsync();

        model.Most.Should().Be(3);
    }

    [Fact]
    public async Task Arms_and_seeds_start_with_nothing_learnt()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 2).UseSeeds(1, 2).Build().RunAsync();

        result.EpisodesOf("adder+Reflexion").Should().OnlyContain(episode => episode.Episode!.Trials[0].RecalledLessonIds.IsEmpty);
        result.Memories.Should().HaveCount(4);
        result.Memories.Where(memory => memory.Arm == "adder+Reflexion").Should().OnlyContain(memory => memory.Snapshot.Lessons.Length == 2 && memory.Snapshot.Uses.Length == 3);
        result.Memories.Where(memory => memory.Arm == "adder+Retry").Should().OnlyContain(memory => memory.Snapshot.Lessons.IsEmpty);
    }

    [Fact]
    public async Task Arms_that_share_a_store_do_not_share_lessons()
    {
        var store = new InMemoryEpisodicMemory();

        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 2).AddVariant("a", _ => { }).AddVariant("b", _ => { })
            .ConfigureAgents(agent => agent.UseMemory(store)).Build().RunAsync();

        result.Episodes.Should().OnlyContain(episode => episode.Episode!.Trials[0].RecalledLessonIds.IsEmpty);
        (await store.ExportAsync()).Lessons.Should().HaveCount(4);
        MemorySnapshot one = result.Memories.Single(memory => memory.Arm == "adder+Reflexion+a").Snapshot;
        one.Lessons.Should().HaveCount(2).And.OnlyContain(lesson => lesson.Scope.Tenant == "sums/adder+Reflexion+a/0");
        one.Uses.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(LessonSharing.Arm)]
    [InlineData(LessonSharing.Experiment)]
    public async Task Lessons_are_carried_over_where_that_is_asked_for(LessonSharing sharing)
    {
        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 2).UseSeeds(1, 2).UseOptions(new() { LessonSharing = sharing }).Build().RunAsync();

        EpisodeRecord second = result.Find("adder+Reflexion", "t01", 2)!;
        second.Episode!.Trials[0].RecalledLessonIds.Should().ContainSingle();
        second.Trials.Should().ContainSingle("the lesson of the first seed is known from the start");
        result.Find("adder+Reflexion", "t01", 1)!.Trials.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_memory_filled_before_is_used_as_it_is_where_that_is_asked_for()
    {
        var store = new InMemoryEpisodicMemory();
        await store.AddAsync(new(new("", "reflexion", "t01"), "Always add one more.", new("before", 1, DateTimeOffset.UnixEpoch)));

        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 2)
            .ConfigureAgents(agent => agent.UseMemory(store)).UseOptions(new() { LessonSharing = LessonSharing.AsConfigured }).Build().RunAsync();

        result.Find("adder+Reflexion", "t01", 0)!.Trials.Should().ContainSingle();
        result.Memories.Should().OnlyContain(memory => memory.Snapshot.Lessons.Length == 2, "the store is shown as it is: this lesson and that of the other task");
    }

    [Fact]
    public async Task A_failing_episode_costs_no_other()
    {
        var model = new ScriptedChatClient()
            .When(request => request.Contains("What is 4 "), _ => throw new HttpRequestException("no route"))
            .Otherwise("1");

        ExperimentResult result = await Sums.Builder(model).Build().RunAsync();

        result.Outcomes[ExperimentOutcome.Errored].Should().Be(2);
        result.Outcomes[ExperimentOutcome.Solved].Should().Be(2);
        result.Outcomes[ExperimentOutcome.Failed].Should().Be(16);
        result.Find("adder+Retry", "t04", 0)!.Detail.Should().Be("The Actor failed: no route");
    }

    [Fact]
    public async Task What_an_agent_throws_is_an_outcome_that_says_what()
    {
        var journal = new InMemoryEpisodeJournal();
        await Sums.Builder(Sums.Model(), tasks: 2).UseJournal(journal).Build().RunAsync();

        ExperimentResult changed = await Sums.Builder(Sums.Model(), tasks: 2).UseJournal(journal)
            .ConfigureAgents(agent => agent.Configure(options => options.MaxTrials = 4)).Build().RunAsync();

        changed.Outcomes[ExperimentOutcome.Errored].Should().Be(4);
        changed.Episodes.Should().OnlyContain(episode => episode.Detail.StartsWith("EpisodeMismatchException: "));
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_costs_no_episode()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 2).ConfigureAgents(agent => agent.UseMemory(new UnreadableMemory())).Build().RunAsync();

        result.IsComplete.Should().BeTrue();
        result.Memories.Should().BeEmpty();
    }

    [Fact]
    public async Task Only_summaries_are_kept_where_that_is_asked_for()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model()).UseOptions(new() { KeepEpisodes = false, KeepMemories = false }).Build().RunAsync();

        result.Episodes.Should().OnlyContain(episode => episode.Episode == null && episode.Trials.Length > 0);
        result.Memories.Should().BeEmpty();
    }

    [Fact]
    public async Task The_held_out_evaluator_says_what_is_solved()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model(), tasks: 4)
            .ConfigureAgents(agent => agent.UseEvaluator(_ => TrajectoryEvaluation.Passed()).UseHeldOutEvaluator(new ExactMatchEvaluator())).Build().RunAsync();

        result.Arms.Should().OnlyContain(arm => arm.JudgedByHeldOut);
        result.EpisodesOf("adder+Retry").Select(episode => episode.Outcome).Should().Equal(
            ExperimentOutcome.Failed, ExperimentOutcome.Failed, ExperimentOutcome.Solved, ExperimentOutcome.Failed);
        ExperimentAnalysis.Of(result).Arms[0].Judge!.FalsePositiveRate!.Value.Value.Should().Be(1);
    }

    [Fact]
    public async Task Seeds_reach_agents_and_variants()
    {
        ExperimentResult result = await Experiment.CreateBuilder("seeds").AddTask(new("t", "Anything?"), new() { Tenant = "acme", References = ["yes"] })
            .AddArm("a", (agent, seed) => agent.UseActor(FakeActor.Answering(context => $"{seed} {context.Run.Seed}")).UseEvaluator(_ => TrajectoryEvaluation.Passed()))
            .AddVariant("v", (agent, seed) => agent.UseActor(FakeActor.Answering(_ => $"v{seed}")).UseEvaluator(_ => TrajectoryEvaluation.Passed()))
            .ConfigureAgents(agent => agent.UseReflector(new DelegateReflector(_ => null))).UseSeeds(7, 8).Build().RunAsync();

        result.Arms.Select(arm => arm.Name).Should().Equal("v", "a");
        result.EpisodesOf("a").Select(episode => episode.Episode!.Answer).Should().Equal("7 7", "8 8");
        result.EpisodesOf("v").Select(episode => episode.Episode!.Answer).Should().Equal("v7", "v8");
    }

    [Fact]
    public async Task A_domain_brings_tasks_and_sets_agents_up()
    {
        Experiment experiment = Experiment.CreateBuilder("domain").UseDomain(new SumDomain()).AddModel("m", Sums.Model()).Build();

        ExperimentResult result = await experiment.RunAsync();

        experiment.Tasks.Select(task => (task.Id, task.Kind)).Should().Equal(("t00", "sum"), ("t01", "sum"), ("t02", "sum"));
        result.Arms.Single().Name.Should().Be("m");
        result.Configuration["domain"].Should().Be("sums");
        result.Outcomes[ExperimentOutcome.Solved].Should().Be(2);
    }

    [Fact]
    public void Ids_of_episodes_are_unlike_whatever_slashes_names_hold()
    {
        Experiment experiment = Sums.Builder(Sums.Model()).Build();

        experiment.EpisodeIdOf("a/b", "HumanEval/0", -1).Should().Be("sums/a%2Fb/HumanEval%2F0/-1");
        experiment.EpisodeIdOf("a", "b/HumanEval/0", 1).Should().NotBe(experiment.EpisodeIdOf("a/b", "HumanEval/0", 1));
        experiment.EpisodeIdOf("100%", "t", 1).Should().Be("sums/100%25/t/1");
    }

    [Fact]
    public void Examples_in_prompts_are_compared_with_the_tasks()
    {
        Experiment experiment = Sums.Builder(Sums.Model(), tasks: 3).ConfigureAgents(agent => agent.UseActor(context => new ReActActor(
            context.ChatClientOf(AgentComponent.Actor), _ => new RecordedEnvironment([], false), new() { Examples = "Question: What is 2 plus one?\nAction: Finish[3]" }))).Build();

        ContaminationReport report = experiment.CheckContamination([new("reflector", "Trial: What is 1 plus one? I said 1.")]);

        report.Findings.Select(finding => (finding.Example, finding.TaskId)).Should().Equal(("reflector", "t01"), ("adder+Retry: Examples 2", "t02"));
        report.Examples.Should().Be(3, "both arms show the same instructions and examples");
    }

    private sealed class DelayingClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _calls;

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            for (int i = Interlocked.Increment(ref _calls) % 7; i > 0; i--)
            {
                await Task.Yield();
            }

            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    private sealed class SumDomain : IAgentDomain
    {
        public string Name => "sums";

        public IReadOnlyList<DomainTask> Tasks { get; } = [.. ExperimentSamples.Tasks(3).Select(task => task with { Kind = "sum" })];

        public void Configure(ReflexionAgentBuilder builder) =>
            builder.UseEvaluator(new ExactMatchEvaluator()).UseReflector(new DelegateReflector(_ => "Lesson: add one more."));
    }

    private sealed class UnreadableMemory : IEpisodicMemory
    {
        private readonly InMemoryEpisodicMemory _inner = new();

        public ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default) => _inner.AddAsync(lesson, cancellationToken);

        public ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default) => _inner.RecallAsync(query, cancellationToken);

        public ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default) => _inner.RecordUseAsync(use, cancellationToken);

        public ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default) => _inner.QuarantineAsync(lesson, cancellationToken);

        public ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default) => throw new IOException("The store is gone.");

        public ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default) => _inner.ImportAsync(snapshot, cancellationToken);
    }
}
