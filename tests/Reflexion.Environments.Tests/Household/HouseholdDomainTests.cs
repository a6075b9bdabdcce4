using Microsoft.Extensions.AI;
using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class HouseholdDomainTests
{
    private static readonly HouseholdWorld World = SampleWorld.Of(HouseholdTaskKind.PickAndPlace, target: "shelf");
    private static readonly string[] Solution =
    [
        "Thought: The apple is on the countertop.\nAction: go to countertop 1",
        "Thought: I take it.\nAction: take apple 1 from countertop 1",
        "go to shelf 1",
        "> put apple 1 in/on shelf 1",
    ];

    [Fact]
    public void Tasks_carry_the_worlds_id_its_task_and_its_kind()
    {
        var domain = new HouseholdDomain([World]);
        domain.Name.Should().Be("household");
        DomainTask task = domain.Tasks.Should().ContainSingle().Subject;

        (task.Task.Id, task.Task.Instruction, task.Kind).Should().Be(("sample", "put a clean apple in cabinet.", "pick_and_place_simple"));
        task.Task.Metadata["kind"].Should().Be(task.Kind);
        task.References.Should().BeEmpty();
    }

    [Fact]
    public async Task An_agent_learns_from_a_failed_trial_and_solves_the_task_in_the_next()
    {
        ScriptedChatClient model = new("look", "look", "look", "look", "I looked without going anywhere. Next time I go to countertop 1.");
        foreach (string reply in Solution)
        {
            model.Then(reply);
        }

        Episode episode = await RunAsync(model);

        episode.Success.Should().BeTrue();
        episode.Trials.Should().HaveCount(2);
        Trial failed = episode.Trials[0];
        failed.Trajectory.End.Should().Be(TrajectoryEnd.EnvironmentTerminal);
        failed.Evaluation!.Success.Should().BeFalse();
        failed.Evaluation.Feedback.Should().Contain("the action 'look' led to the same observation more than 3 times");
        failed.Lesson!.Text.Should().Contain("Next time I go to countertop 1.");
        model.LastRequest.Text.Should().Contain("Next time I go to countertop 1.");
        episode.Trials[1].Trajectory.Reward.Should().Be(1);
        model.AssertAllPlayed();
    }

    [Theory]
    [InlineData(HouseholdStopRule.Paper, 49, 30)]
    [InlineData(HouseholdStopRule.Paper, 12, 12)]
    [InlineData(HouseholdStopRule.Original, 49, 49)]
    [InlineData(HouseholdStopRule.None, 50, 50)]
    public async Task A_trial_takes_at_most_its_actions(HouseholdStopRule rule, int maxActions, int expected)
    {
        int turn = 0;
        ScriptedChatClient model = new ScriptedChatClient().Otherwise(_ => $"Action: think: {turn++}");

        Episode episode = await RunAsync(model, new() { StopRule = rule, MaxActions = maxActions }, builder => builder.Configure(agent => agent.MaxTrials = 1));

        Trajectory trajectory = episode.Trials.Should().ContainSingle().Subject.Trajectory;
        trajectory.Steps.Should().HaveCount(expected);
        trajectory.End.Should().Be(TrajectoryEnd.StepLimit);
    }

    [Fact]
    public async Task The_prompt_holds_two_demonstrations_of_the_tasks_kind()
    {
        ScriptedChatClient model = new(Solution);
        await RunAsync(model);

        string prompt = model.Requests[0].Text;
        foreach (HouseholdDemonstration shown in HouseholdDemonstrations.For(HouseholdTaskKind.PickAndPlace, 2))
        {
            prompt.Should().Contain(shown.Render(HouseholdDemonstrationStyle.ThoughtAction));
        }

        prompt.Split("Your task is to:").Should().HaveCount(4, "two demonstrations and the game itself begin with a task");
        model.Requests[0].System.Should().Be(HouseholdPrompts.Instructions());
        model.Requests[0].Last.Should().Be($"Observation 0: {new HouseholdGame(World).InitialObservation}");
    }

    [Fact]
    public async Task A_demonstration_never_comes_from_the_tasks_own_world()
    {
        HouseholdDemonstration[] shown = [.. HouseholdDemonstrations.For(HouseholdTaskKind.PickAndPlace, 3)];
        HouseholdWorld twin = SampleWorld.Of(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "apple", "shelf"), shown[0].WorldId);
        ScriptedChatClient model = new(Solution);

        await RunAsync(model, world: twin);

        model.Requests[0].Text.Should().NotContain(shown[0].Render(HouseholdDemonstrationStyle.ThoughtAction))
            .And.Contain(shown[1].Render(HouseholdDemonstrationStyle.ThoughtAction))
            .And.Contain(shown[2].Render(HouseholdDemonstrationStyle.ThoughtAction));
    }

    [Fact]
    public async Task Without_demonstrations_there_are_no_examples()
    {
        ScriptedChatClient model = new(Solution);

        await RunAsync(model, new() { Demonstrations = 0, Instructions = "Act." });

        model.Requests[0].System.Should().Be("Act.");
        model.Requests[0].Text.Should().NotContain("example");
    }

    [Fact]
    public void Limits_are_the_protocols_and_the_budget_suffices_for_them()
    {
        int configured = 0;
        ReflexionAgent.CreateBuilder(new ScriptedChatClient()).UseDomain(new HouseholdDomain([World])).Configure(options =>
        {
            configured++;
            (options.MaxTrials, options.MaxLessonsInPrompt).Should().Be((12, 3));
            options.Budget.MaxModelCalls.Should().Be(12 * 31);
            options.Budget.MaxTokens.Should().Be(12 * 31 * 8_000);
            options.Budget.MaxDuration.Should().Be(TimeSpan.FromSeconds(12 * 31 * 30));
        }).Build();
        configured.Should().Be(1);
    }

    [Fact]
    public void A_larger_budget_is_left_alone()
    {
        EpisodeBudget large = new() { MaxModelCalls = 1_000_000, MaxTokens = 1_000_000_000, MaxDuration = TimeSpan.FromDays(20) };
        EpisodeBudget? seen = null;
        ReflexionAgent.CreateBuilder(new ScriptedChatClient())
            .Configure(options => options.Budget = large)
            .UseDomain(new HouseholdDomain([World]))
            .Configure(options => seen = options.Budget)
            .Build();

        seen.Should().Be(large);
    }

    [Fact]
    public void A_budget_never_asks_for_more_time_than_is_allowed()
    {
        EpisodeBudget? seen = null;
        ReflexionAgent.CreateBuilder(new ScriptedChatClient())
            .UseDomain(new HouseholdDomain([World], new() { MaxTrials = 1000, MaxActions = 1000, StopRule = HouseholdStopRule.None }))
            .Configure(options => seen = options.Budget)
            .Build();

        seen!.MaxDuration.Should().Be(TimeSpan.FromDays(24));
    }

    [Fact]
    public void Worlds_that_make_no_domain_are_refused()
    {
        FluentActions.Invoking(() => new HouseholdDomain([])).Should().Throw<ArgumentException>().WithMessage("There are no worlds.*");
        FluentActions.Invoking(() => new HouseholdDomain([null!])).Should().Throw<ArgumentException>().WithMessage("A world is null.*");
        FluentActions.Invoking(() => new HouseholdDomain([World, World])).Should().Throw<ArgumentException>().WithMessage("The id 'sample' is that of several worlds.*");
    }

    [Fact]
    public void A_task_of_another_domain_has_no_world()
    {
        var domain = new HouseholdDomain([World]);
        domain.WorldOf(domain.Tasks[0].Task).Should().BeSameAs(World);
        FluentActions.Invoking(() => domain.WorldOf(new("other", "task"))).Should().Throw<ArgumentException>().WithMessage("The household domain has no task 'other'; work on one of its Tasks.*");
    }

    public static TheoryData<HouseholdOptions> Unsound =>
    [
        new HouseholdOptions { MaxActions = 0 },
        new HouseholdOptions { MaxActions = 1001 },
        new HouseholdOptions { Demonstrations = -1 },
        new HouseholdOptions { Demonstrations = 6 },
        new HouseholdOptions { MaxTrials = 0 },
        new HouseholdOptions { MaxTrials = 1001 },
        new HouseholdOptions { MaxLessonsInPrompt = -1 },
        new HouseholdOptions { MaxLessonsInPrompt = 101 },
        new HouseholdOptions { CommandList = (HouseholdCommandList)3 },
        new HouseholdOptions { StopRule = (HouseholdStopRule)3 },
        new HouseholdOptions { Game = new() { Grammar = (HouseholdGrammar)2 } },
    ];

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Options_out_of_range_are_refused(HouseholdOptions options) =>
        FluentActions.Invoking(() => new HouseholdDomain([World], options)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void The_instructions_name_the_commands_of_the_grammar_and_what_else_there_is()
    {
        HouseholdPrompts.Instructions().Should().Contain("put (object) in/on (receptacle)").And.NotContain("move (object)").And.NotContain("<observation>").And.NotContain("commands:");
        HouseholdPrompts.Instructions(new() { Game = new() { Grammar = HouseholdGrammar.MoveTo } }).Should().Contain("move (object) to (receptacle)").And.NotContain("put (object)");
        HouseholdPrompts.Instructions(new() { CommandList = HouseholdCommandList.OnRequest }).Should().Contain("\ncommands: lists every command you can give right now");
        HouseholdPrompts.Instructions(new() { FenceObservations = true }).Should().Contain("<observation> tags");
    }

    private static async Task<Episode> RunAsync(
        IChatClient model, HouseholdOptions? options = null, Action<ReflexionAgentBuilder>? configure = null, HouseholdWorld? world = null)
    {
        var domain = new HouseholdDomain([world ?? World], options);
        ReflexionAgentBuilder builder = ReflexionAgent.CreateBuilder(model).UseDomain(domain);
        configure?.Invoke(builder);
        return (await builder.Build().RunAsync(domain.Tasks[0])).EnsureNotFailed();
    }
}
