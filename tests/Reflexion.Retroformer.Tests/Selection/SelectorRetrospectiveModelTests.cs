using Microsoft.Extensions.AI;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class SelectorRetrospectiveModelTests
{
    private static readonly SelectorOptions Exploring = new() { Learning = new() { Exploration = 1, HeldOutShare = 0 } };

    [Fact]
    public async Task Candidates_are_asked_for_with_the_prompt_that_models_are_trained_on_and_charged_to_the_run()
    {
        using var client = new ScriptedChatClient("One.", "Two.", "Three.");
        RetrospectiveContext context = RefinementSamples.Context();

        var selector = new SelectorRetrospectiveModel(client);
        await selector.RewriteAsync(context, default);

        client.Requests.Should().HaveCount(3).And.AllSatisfy(request =>
            request.Messages.Select(message => message.Text).Should().Equal(RetrospectivePrompt.ToMessages(context).Select(message => message.Text)));
        context.Run.Ledger.Snapshot().ByComponent[AgentComponent.RetrospectiveModel].Calls.Should().Be(3);
        SelectorDecision decision = selector.Log.Open.Should().ContainSingle().Subject;
        (decision.EpisodeId, decision.TaskId, decision.Trial, decision.ReturnBefore, decision.Arms.Count).Should().Be(("e1", "mug", 2, 0.25, 4));
        decision.Choice.Propensities.Should().Equal(0.25, 0.25, 0.25, 0.25);
    }

    [Fact]
    public async Task The_prompt_is_that_of_the_arm_that_was_drawn_and_each_is_drawn_at_times()
    {
        var arms = new HashSet<int>();
        for (int i = 0; i < 60; i++)
        {
            using var client = new ScriptedChatClient("One.", "Two.");
            var selector = new SelectorRetrospectiveModel(client, Exploring with { Candidates = 2 });
            ActorPrompt prompt = await selector.RewriteAsync(RefinementSamples.Context(episode: $"e{i}"), default);

            int arm = selector.Log.Open.Single().Choice.Arm;
            arms.Add(arm);
            if (arm == 0)
            {
                prompt.Should().BeSameAs(RefinementSamples.BasePrompt);
            }
            else
            {
                prompt.Parts[^1].Kind.Should().Be(PromptPartKind.Refinement);
                prompt.Parts[^1].Text.Should().Contain(arm == 1 ? "<guidance>\nOne.\n</guidance>" : "<guidance>\nTwo.\n</guidance>");
            }
        }

        arms.Should().BeEquivalentTo([0, 1, 2]);
    }

    [Fact]
    public async Task Seeds_make_the_same_choices()
    {
        async Task<int[]> ChooseAsync(int seed, int runSeed)
        {
            int[] arms = new int[20];
            for (int i = 0; i < arms.Length; i++)
            {
                using var client = new ScriptedChatClient("One.", "Two.", "Three.");
                var selector = new SelectorRetrospectiveModel(client, new() { Learning = new() { Seed = seed } });
                await selector.RewriteAsync(RefinementSamples.Context() with { Run = new($"e{i}", seed: runSeed) }, default);
                arms[i] = selector.Log.Open.Single().Choice.Arm;
            }

            return arms;
        }

        int[] first = await ChooseAsync(1, 2);
        (await ChooseAsync(1, 2)).Should().Equal(first);
        (await ChooseAsync(2, 2)).Should().NotEqual(first);
        (await ChooseAsync(1, 3)).Should().NotEqual(first);
    }

    [Fact]
    public async Task Writers_that_say_the_same_make_one_arm_and_those_that_say_nothing_make_none()
    {
        using var client = new ScriptedChatClient("Same.", "Same.", "");
        var selector = new SelectorRetrospectiveModel(client);
        await selector.RewriteAsync(RefinementSamples.Context(), default);
        selector.Log.Open.Single().Arms.Count.Should().Be(2);

        using var silent = new ScriptedChatClient("", "", "");
        var mute = new SelectorRetrospectiveModel(silent);
        (await mute.RewriteAsync(RefinementSamples.Context(), default)).Should().BeSameAs(RefinementSamples.BasePrompt);
        mute.Log.Open.Should().BeEmpty();
    }

    [Fact]
    public async Task Before_a_first_trial_lessons_stand_as_they_are_and_nothing_is_chosen()
    {
        using var client = new ScriptedChatClient();
        var selector = new SelectorRetrospectiveModel(client);

        (await selector.RewriteAsync(RefinementSamples.Context(trials: 0), default)).Should().BeSameAs(RefinementSamples.BasePrompt);
        ActorPrompt prompt = await selector.RewriteAsync(RefinementSamples.Context(trials: 0, lessons: [RefinementSamples.Lesson("Look up.")]), default);
        prompt.Parts[^1].Kind.Should().Be(PromptPartKind.Lessons);

        client.RequestCount.Should().Be(0);
        selector.Log.Open.Should().BeEmpty();
    }

    [Fact]
    public async Task The_next_prompt_learns_from_the_trial_that_the_last_one_was_for()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise(request => "Advice.");
        var selector = new SelectorRetrospectiveModel(client);
        await selector.RewriteAsync(RefinementSamples.Context(before: 0.25), default);

        RetrospectiveContext next = RefinementSamples.Context() with { Trials = [RefinementSamples.Trial(1, 0.25), RefinementSamples.Trial(2, 0.75)] };
        await selector.RewriteAsync(next, default);

        selector.Log.Rewarded.Should().ContainSingle().Which.Reward.Should().Be(0.5);
        selector.Log.Open.Should().ContainSingle().Which.Trial.Should().Be(3);
    }

    [Fact]
    public async Task Every_verdict_of_an_episode_is_learnt_from_once_the_last_one_included()
    {
        using ScriptedChatClient writer = new ScriptedChatClient().Otherwise(request => "Advice.");
        var selector = new SelectorRetrospectiveModel(writer, Exploring);
        int answers = 0;
        using ScriptedChatClient actor = new ScriptedChatClient().Otherwise(_ => $"answer {++answers}");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(actor)
            .UseSelector(selector, context => context.Trajectory.Answer == "answer 4" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("No.", answers / 8.0))
            .UseReflector(new DelegateReflector(_ => (string?)null))
            .Build();

        Episode episode = await agent.RunAsync(RefinementSamples.Task);

        episode.Strategy.Should().Be(ReflexionStrategy.Retrospective);
        episode.StopReason.Should().Be(StopReason.Success);
        selector.Log.Rewarded.Select(decision => (decision.Trial, decision.Reward)).Should().Equal((2, 0.125), (3, 0.125), (4, 0.625));
        selector.Observe(episode);
        selector.Learner.Progress.Learnt.Should().Be(3);
    }

    [Fact]
    public async Task A_finished_episode_can_be_learnt_from_where_the_evaluator_is_not_watched()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise(request => "Advice.");
        var selector = new SelectorRetrospectiveModel(client, Exploring);
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(client)
            .UseRetrospectiveModel(selector)
            .UseEvaluator(_ => TrajectoryEvaluation.Failed("No.", 0.5))
            .UseReflector(new DelegateReflector(_ => (string?)null))
            .Configure(options => options.MaxTrials = 3)
            .Build();

        Episode episode = await agent.RunAsync(RefinementSamples.Task);
        selector.Log.Open.Should().ContainSingle();
        selector.Observe(episode);

        selector.Log.Open.Should().BeEmpty();
        selector.Log.Rewarded.Select(decision => decision.Trial).Should().Equal(2, 3);
        selector.Learner.Progress.Learnt.Should().Be(2);
    }

    [Fact]
    public async Task A_selector_goes_on_where_another_process_stopped()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise(request => "Advice.");
        var before = new SelectorRetrospectiveModel(client, Exploring);
        await before.RewriteAsync(RefinementSamples.Context(), default);
        SelectorState state = SelectorJson.Read(SelectorJson.Write(before.Export()));

        var after = new SelectorRetrospectiveModel(client, Exploring, state);
        after.Observe(new Episode
        {
            Id = "e1",
            Task = RefinementSamples.Task,
            Strategy = ReflexionStrategy.Retrospective,
            StopReason = StopReason.TrialLimit,
            Trials = [RefinementSamples.Trial(1, 0.25), RefinementSamples.Trial(2, 1)],
        });

        after.Learner.Progress.Learnt.Should().Be(1);
        after.Log.Rewarded.Single().Reward.Should().Be(0.75);
    }

    [Fact]
    public void A_state_of_other_features_is_refused()
    {
        using var client = new ScriptedChatClient();
        SelectorState state = new SelectorLearner(2).Export(["a", "b"]);

        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, state: state)).Should().Throw<ArgumentException>().WithMessage("*of the features a, b*begin anew*");
    }

    [Fact]
    public async Task A_seed_is_counted_up_so_that_candidates_differ()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise(request => $"{request.Options!.Seed}.");
        var options = new SelectorOptions { Writing = new() { ChatOptions = new() { Seed = 40, Temperature = 0.5f } } };
        await new SelectorRetrospectiveModel(client, options).RewriteAsync(RefinementSamples.Context(), default);

        client.Requests.Select(request => request.Options!.Seed).Should().Equal(40, 41, 42);
        client.Requests.Should().AllSatisfy(request => request.Options!.Temperature.Should().Be(0.5f));
        options.Writing.ChatOptions!.Seed.Should().Be(40);
    }

    [Fact]
    public async Task What_a_writer_throws_is_thrown()
    {
        using var client = new ScriptedChatClient("One.");
        client.ThenThrow(new HttpRequestException("busy")).Then("Three.");

        await FluentActions.Awaiting(() => new SelectorRetrospectiveModel(client).RewriteAsync(RefinementSamples.Context(), default).AsTask())
            .Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task An_evaluator_is_watched_without_being_changed()
    {
        using ScriptedChatClient client = new ScriptedChatClient().Otherwise(request => "Advice.");
        var selector = new SelectorRetrospectiveModel(client);
        RetrospectiveContext context = RefinementSamples.Context();
        await selector.RewriteAsync(context, default);
        TrajectoryEvaluation verdict = TrajectoryEvaluation.Failed("Half.", 0.5);
        var judged = new EvaluationContext { Task = context.Task, Trajectory = context.Trials[0].Trajectory, Run = context.Run };

        (await selector.Watching(new DelegateEvaluator(_ => verdict)).EvaluateAsync(judged, default)).Should().BeSameAs(verdict);
        selector.Log.Rewarded.Single().Reward.Should().Be(0.25);
        (await selector.Watching(new DelegateEvaluator(_ => null!)).EvaluateAsync(judged, default)).Should().BeNull();
    }

    [Fact]
    public async Task Many_episodes_choose_and_learn_at_once()
    {
        const int Episodes = 200;
        using ScriptedChatClient client = new ScriptedChatClient { KeepsRequests = false }.Otherwise(request => "Advice.");
        var selector = new SelectorRetrospectiveModel(client, Exploring);
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(client)
            .UseSelector(selector, _ => TrajectoryEvaluation.Failed("No."))
            .UseReflector(new DelegateReflector(_ => (string?)null))
            .Build();

        await Parallel.ForAsync(0, Episodes, async (i, token) => (await agent.RunAsync(RefinementSamples.Task, cancellationToken: token)).EnsureNotFailed());

        selector.Learner.Progress.Learnt.Should().Be(Episodes * 4);
        selector.Log.Open.Should().BeEmpty();
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        using var client = new ScriptedChatClient();
        var selector = new SelectorRetrospectiveModel(client);
        FluentActions.Invoking(() => new SelectorRetrospectiveModel((IChatClient)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(Array.Empty<IRetrospectiveModel>())).Should().Throw<ArgumentException>().WithMessage("*must be a writer*");
        FluentActions.Invoking(() => new SelectorRetrospectiveModel([null!])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, new() { Candidates = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, new() { Candidates = 17 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, new() { Writing = null! })).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, new() { Learning = null! })).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new SelectorRetrospectiveModel(client, new() { LogCapacity = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => selector.Watching(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => selector.Observe(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ReflexionAgentBuilder().UseSelector(null!, new DelegateEvaluator(_ => TrajectoryEvaluation.Passed()))).Should().Throw<ArgumentNullException>();
    }
}
