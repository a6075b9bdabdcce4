namespace Reflexion.Tests;

public class ReflexionAgentTests
{
    [Theory]
    [InlineData(ReflexionStrategy.Retry)]
    [InlineData(ReflexionStrategy.LastAttempt)]
    public async Task A_strategy_that_never_reflects_is_built_without_asking_for_a_reflector(ReflexionStrategy strategy)
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris")
            .UseReflector(context => new LlmSelfReflector(context.ChatClientOf(AgentComponent.Reflector)))
            .Configure(options => options.Strategy = strategy).Build();

        (await agent.RunAsync(Agents.Question)).Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.Lesson == null);
    }

    [Theory]
    [InlineData(ReflexionStrategy.Reflexion)]
    [InlineData(ReflexionStrategy.LastAttemptAndReflexion)]
    [InlineData(ReflexionStrategy.Retrospective)]
    public void A_strategy_that_reflects_is_refused_without_a_model_to_reflect_with(ReflexionStrategy strategy) =>
        Agents.Answering("Lyon").UseRetrospectiveModel(new LessonRenderer())
            .UseReflector(context => new LlmSelfReflector(context.ChatClientOf(AgentComponent.Reflector)))
            .Configure(options => options.Strategy = strategy)
            .Invoking(builder => builder.Build()).Should().Throw<InvalidOperationException>().WithMessage("There is no IChatClient for the Reflector: *");

    [Fact]
    public async Task A_solved_first_trial_ends_the_episode_without_reflection()
    {
        Episode episode = await Agents.Answering("Paris").Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.StopDetail.Should().Be("Trial 1 succeeded.");
        episode.Success.Should().BeTrue();
        episode.Answer.Should().Be("Paris");
        episode.Trials.Should().ContainSingle().Which.Lesson.Should().BeNull();
        episode.Id.Should().Be("e1");
        episode.Failure.Should().BeNull();
        episode.EnsureNotFailed().Should().BeSameAs(episode);
    }

    [Fact]
    public async Task A_failed_trial_is_reflected_on_and_its_lesson_stands_in_the_next_prompt()
    {
        Episode episode = await Agents.Answering("Lyon", "Nice", "Paris").Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.Trials.Should().HaveCount(3);
        episode.Trials[0].Prompt.ToString().Should().NotContain("Lesson of");
        episode.Trials[1].Prompt.ToString().Should().Contain("Lesson of trial 1: do not say Lyon.");
        episode.Trials[2].Prompt.ToString().Should().Contain("Lesson of trial 1").And.Contain("Lesson of trial 2");
        episode.Trials[0].Lesson!.Text.Should().Be("Lesson of trial 1: do not say Lyon.");
        episode.Trials[1].RecalledLessonIds.Should().Equal(episode.Trials[0].Lesson!.Id);
        episode.Trials[2].Lesson.Should().BeNull();
        episode.Best!.Number.Should().Be(3);
    }

    [Fact]
    public async Task Everything_before_the_lessons_stays_the_same_to_the_byte()
    {
        Episode episode = await Agents.Answering("Lyon", "Nice", "Paris").Build().RunAsync(Agents.Question);

        var prompts = episode.Trials.Select(trial => trial.Prompt.ToMessages()).ToArray();
        prompts[0].Should().HaveCount(2);
        foreach (var later in prompts[1..])
        {
            later.Should().HaveCount(3);
            later.Take(2).Select(message => message.Text).Should().Equal(prompts[0].Select(message => message.Text));
        }
    }

    [Fact]
    public async Task The_trial_limit_ends_the_episode_with_the_best_trial()
    {
        Episode episode = await Agents.Answering("a", "bb", "c")
            .UseEvaluator(context => TrajectoryEvaluation.Failed("More.", context.Trajectory.Answer!.Length / 10.0))
            .Configure(options => options.MaxTrials = 3).Build().RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.TrialLimit);
        episode.StopDetail.Should().Be("All 3 trials were made.");
        episode.Best!.Number.Should().Be(2);
        episode.Answer.Should().Be("bb");
        episode.Success.Should().BeFalse();
        episode.Trials.Select(trial => trial.DeltaG).Should().Equal(null, 0.1, -0.1);
        episode.Trials.Select(trial => trial.Return).Should().Equal(0.1, 0.2, 0.1);
    }

    [Fact]
    public async Task The_last_failure_is_not_reflected_on_unless_asked()
    {
        Episode without = await Agents.Answering("x").Configure(options => options.MaxTrials = 1).Build().RunAsync(Agents.Question);
        Episode with = await Agents.Answering("x")
            .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial) = (1, true)).Build().RunAsync(Agents.Question);

        without.Trials[0].Lesson.Should().BeNull();
        with.Trials[0].Lesson!.Text.Should().StartWith("Lesson of trial 1");
    }

    [Fact]
    public async Task Success_is_learnt_from_when_asked()
    {
        ReflexionAgent agent = Agents.Answering("Paris").Configure(options => options.LearnFromSuccess = true).Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        episode.StopReason.Should().Be(StopReason.Success);
        episode.Trials[0].Lesson!.Provenances[0].FromSuccess.Should().BeTrue();
        (await agent.Memory.ExportAsync()).Lessons.Should().ContainSingle();
    }

    [Theory]
    [InlineData(ReflexionStrategy.Retry, false, false)]
    [InlineData(ReflexionStrategy.LastAttempt, false, true)]
    [InlineData(ReflexionStrategy.Reflexion, true, false)]
    [InlineData(ReflexionStrategy.LastAttemptAndReflexion, true, true)]
    public async Task A_strategy_decides_what_the_next_trial_is_told(ReflexionStrategy strategy, bool lessons, bool lastAttempt)
    {
        Episode episode = await Agents.Answering("Lyon", "Paris").Configure(options => options.Strategy = strategy).Build().RunAsync(Agents.Question);

        episode.Strategy.Should().Be(strategy);
        var kinds = episode.Trials[1].Prompt.Parts.Select(part => part.Kind).ToArray();
        kinds.Contains(PromptPartKind.Lessons).Should().Be(lessons);
        kinds.Contains(PromptPartKind.LastAttempt).Should().Be(lastAttempt);
        (episode.Trials[0].Lesson is not null).Should().Be(lessons);
    }

    [Fact]
    public async Task The_retrospective_strategy_asks_the_retrospective_model()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris")
            .Configure(options => options.Strategy = ReflexionStrategy.Retrospective)
            .UseRetrospectiveModel(_ => new FakeRetrospectiveModel()).Build();

        List<AgentEvent> events = await agent.EventsAsync();

        PromptRewritten rewritten = events.OfType<PromptRewritten>().Should().ContainSingle().Subject;
        rewritten.Trial.Should().Be(2);
        rewritten.Prompt.Parts[^1].Text.Should().Be("1 trials, 1 lessons");
    }

    [Fact]
    public async Task Events_come_in_order_and_the_awaited_form_tells_the_same()
    {
        List<AgentEvent> events = await Agents.Answering("Lyon", "Paris").Build().EventsAsync();

        events.Select(happened => happened.GetType().Name).Should().Equal(
            nameof(EpisodeStarted),
            nameof(TrialStarted), nameof(StepCompleted), nameof(TrialEvaluated), nameof(LessonLearned), nameof(TrialEnded),
            nameof(LessonsRecalled), nameof(PromptRewritten),
            nameof(TrialStarted), nameof(StepCompleted), nameof(TrialEvaluated), nameof(TrialEnded),
            nameof(EpisodeEnded));
        Episode awaited = await Agents.Answering("Lyon", "Paris").Build().RunAsync(Agents.Question);
        Episode streamed = ((EpisodeEnded)events[^1]).Episode;
        streamed.Trials.Select(trial => trial.Trajectory.Answer).Should().Equal(awaited.Trials.Select(trial => trial.Trajectory.Answer));
        streamed.StopReason.Should().Be(awaited.StopReason);
    }

    [Fact]
    public async Task Lessons_of_an_earlier_episode_are_recalled_in_the_first_trial_of_the_same_task_only()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").Build();
        await agent.RunAsync(Agents.Question);

        Episode again = await agent.RunAsync(Agents.Question);
        Episode other = await agent.RunAsync(new AgentTask("q2", "Another question"));
        Episode otherTenant = await agent.RunAsync(Agents.Question, new() { Tenant = "someone else" });

        again.Trials[0].RecalledLessonIds.Should().ContainSingle();
        other.Trials[0].RecalledLessonIds.Should().BeEmpty();
        otherTenant.Trials[0].RecalledLessonIds.Should().BeEmpty();
    }

    [Fact]
    public async Task The_credit_ledger_records_each_recall_and_the_change_of_return_that_followed()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").Build();

        Episode episode = await agent.RunAsync(Agents.Question);

        MemorySnapshot memory = await agent.Memory.ExportAsync();
        LessonUse use = memory.Uses.Should().ContainSingle().Subject;
        use.EpisodeId.Should().Be(episode.Id);
        use.Trial.Should().Be(2);
        use.DeltaG.Should().Be(1);
        use.LessonIds.Should().Equal(memory.Lessons[0].Id);
        memory.Lessons[0].Credit.Should().Be(new LessonCredit(1, 1, 1));
    }

    [Fact]
    public async Task No_more_lessons_than_omega_stand_in_a_prompt()
    {
        Episode episode = await Agents.Answering("a", "b", "c", "d", "e")
            .Configure(options => options.MaxLessonsInPrompt = 2).Build().RunAsync(Agents.Question);

        episode.Trials.Select(trial => trial.RecalledLessonIds.Length).Should().Equal(0, 1, 2, 2, 2);
        episode.Trials[4].RecalledLessonIds.Should().Equal(episode.Trials[2].Lesson!.Id, episode.Trials[3].Lesson!.Id);
    }

    [Fact]
    public async Task A_lesson_carries_its_provenance_and_the_integrity_of_what_it_was_made_from()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris").Build();

        await agent.RunAsync(new AgentTask("q1", "Read the page") { Context = "a page" });

        Lesson lesson = (await agent.Memory.ExportAsync()).Lessons[0];
        lesson.Scope.Should().Be(new LessonScope("", "reflexion", "q1"));
        lesson.Integrity.Should().Be(TextIntegrity.Untrusted);
        lesson.Provenances.Should().ContainSingle().Which.Should().Match<LessonProvenance>(it => it.EpisodeId == "e1" && it.Trial == 1 && !it.FromSuccess);
    }

    [Fact]
    public async Task A_lesson_that_quotes_the_reference_is_put_into_quarantine()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Nice")
            .UseReflector(_ => new DelegateReflector(_ => "Next time answer Paris."))
            .Configure(options => options.MaxTrials = 2).Build();

        List<AgentEvent> events = await agent.EventsAsync(options: new() { References = ["Paris"] });

        events.OfType<LessonRejected>().Should().ContainSingle().Which.Reason.Should().NotContain("Paris");
        MemorySnapshot memory = await agent.Memory.ExportAsync();
        memory.Lessons.Should().BeEmpty();
        memory.Quarantine.Should().ContainSingle().Which.Lesson.Text.Should().Be("Next time answer Paris.");
    }

    [Fact]
    public async Task References_reach_evaluators_and_no_prompt()
    {
        var seen = new List<string>();
        ReflexionAgent agent = Agents.Answering("Lyon", "Nice", "Rome").UseEvaluator(context =>
        {
            seen.AddRange(context.References);
            return TrajectoryEvaluation.Failed("No.");
        }).Configure(options => options.MaxTrials = 3).Build();

        Episode episode = await agent.RunAsync(Agents.Question, new() { References = ["Xanadu"] });

        seen.Should().Equal("Xanadu", "Xanadu", "Xanadu");
        episode.Trials.Should().OnlyContain(trial => !trial.Prompt.ToString().Contains("Xanadu"));
    }

    [Fact]
    public async Task Feedback_that_quotes_the_reference_is_withheld_from_every_part_of_the_agent()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Nice")
            .UseEvaluator(_ => TrajectoryEvaluation.Failed("Too far south. Expected Xanadu.", 0.25) with { Evidence = ["Xanadu", "a map"] })
            .Configure(options => (options.MaxTrials, options.Strategy) = (2, ReflexionStrategy.LastAttempt)).Build();

        List<AgentEvent> events = await agent.EventsAsync(options: new() { References = ["Xanadu"] });

        TrajectoryEvaluation shown = events.OfType<TrialEvaluated>().First().Evaluation;
        shown.Feedback.Should().Be("Too far south.");
        shown.Score.Should().Be(0.25);
        shown.Evidence.Should().Equal("a map");
        ((EpisodeEnded)events[^1]).Episode.Trials[1].Prompt.ToString().Should().Contain("Too far south.").And.NotContain("Xanadu");
    }

    [Fact]
    public async Task A_refinement_that_quotes_the_reference_gives_way_to_the_lessons()
    {
        ReflexionAgent agent = Agents.Answering("Lyon", "Nice")
            .UseRetrospectiveModel(new FakeRetrospectiveModel())
            .Configure(options => (options.MaxTrials, options.Strategy) = (2, ReflexionStrategy.Retrospective)).Build();

        Episode leaking = await agent.RunAsync(Agents.Question, new() { References = ["1 lessons"] });
        Episode sound = await agent.RunAsync(new AgentTask("other", "Another question"), new() { References = ["2 lessons"] });

        leaking.Trials[1].Prompt.Parts.Select(part => part.Kind).Should().NotContain(PromptPartKind.Refinement).And.Contain(PromptPartKind.Lessons);
        sound.Trials[1].Prompt.Parts.Select(part => part.Kind).Should().Contain(PromptPartKind.Refinement);
    }

    [Fact]
    public async Task An_evaluator_that_waits_can_be_a_lambda()
    {
        Episode episode = await Agents.Answering("Lyon", "Paris").UseEvaluator(async (context, cancellationToken) =>
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return Agents.Wants("Paris")(context);
        }).Build().RunAsync(Agents.Question);

        episode.Trials.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_plain_instruction_can_be_streamed_too()
    {
        var events = new List<AgentEvent>();
        await foreach (AgentEvent happened in Agents.Answering("Paris").Build().RunStreamingAsync("What is the capital of France?"))
        {
            events.Add(happened);
        }

        events[0].Should().Be(new EpisodeStarted("e1", AgentTask.FromInstruction("What is the capital of France?")));
        events[^1].Should().BeOfType<EpisodeEnded>();
    }

    [Fact]
    public async Task A_held_out_verdict_is_recorded_and_shown_to_no_part_of_the_agent()
    {
        var shown = new List<Trial>();
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris")
            .UseHeldOutEvaluator(new DelegateEvaluator(context => TrajectoryEvaluation.Failed("held out", 0.5)))
            .UseReflector(_ => new DelegateReflector(context => Note(context.Trial)))
            .UseRetrospectiveModel(_ => new FakeRetrospectiveModel(shown.Add))
            .AddStopCondition(StopWhen.Custom("never", progress =>
            {
                shown.AddRange(progress.Trials);
                return false;
            })).Build();

        List<AgentEvent> events = await agent.EventsAsync();

        Episode episode = ((EpisodeEnded)events[^1]).Episode;
        episode.Trials.Should().OnlyContain(trial => trial.HeldOutEvaluation!.Feedback == "held out");
        events.OfType<TrialEnded>().Should().OnlyContain(ended => ended.Trial.HeldOutEvaluation!.Score == 0.5);
        shown.Should().NotBeEmpty().And.OnlyContain(trial => trial.HeldOutEvaluation == null);

        string Note(Trial trial)
        {
            shown.Add(trial);
            return "A lesson.";
        }
    }

    [Fact]
    public async Task One_instance_runs_many_tasks_at_once_without_mixing_them()
    {
        ReflexionAgent agent = new ReflexionAgentBuilder()
            .UseActor(_ => FakeActor.Answering(context => $"{context.Task.Id}/{context.Trial}"))
            .UseEvaluator(context => context.Trajectory.Answer == $"{context.Task.Id}/3" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("No."))
            .UseReflector(_ => new DelegateReflector(context => $"{context.Task.Id} needs more than {context.Trial.Number}"))
            .Build();

        Episode[] episodes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => agent.RunAsync(new AgentTask($"t{i}", "Count."))));

        episodes.Should().OnlyContain(episode => episode.Success && episode.Trials.Length == 3 && episode.Answer == $"{episode.Task.Id}/3");
        episodes.Select(episode => episode.Id).Should().OnlyHaveUniqueItems();
        (await agent.Memory.ExportAsync()).Lessons.Should().HaveCount(400);
    }

    [Fact]
    public async Task A_long_lesson_is_cut_at_a_sentence()
    {
        string text = new string('a', 70) + ". " + new string('b', 60);
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris")
            .UseReflector(_ => new DelegateReflector(_ => text))
            .Configure(options => options.MaxLessonCharacters = 100).Build();

        await agent.RunAsync(Agents.Question);

        (await agent.Memory.ExportAsync()).Lessons[0].Text.Should().Be(new string('a', 70) + ".");
    }

    [Fact]
    public async Task The_cause_and_the_plan_of_a_lesson_are_no_longer_than_the_lesson_may_be()
    {
        string text = new string('a', 70) + ". " + new string('b', 60);
        ReflexionAgent agent = Agents.Answering("Lyon", "Paris")
            .UseReflector(_ => new DelegateReflector((_, _) => new(new LessonDraft("Look it up.") { RootCause = text, Plan = text })))
            .Configure(options => options.MaxLessonCharacters = 100).Build();

        await agent.RunAsync(Agents.Question);

        Lesson lesson = (await agent.Memory.ExportAsync()).Lessons[0];
        lesson.RootCause.Should().Be(new string('a', 70) + ".");
        lesson.Plan.Should().Be(lesson.RootCause);
    }

    [Fact]
    public async Task A_reflection_without_a_lesson_is_no_fault()
    {
        List<AgentEvent> events = await Agents.Answering("Lyon", "Paris").UseReflector(_ => new DelegateReflector(_ => null)).Build().EventsAsync();

        events.OfType<LessonLearned>().Should().BeEmpty();
        ((EpisodeEnded)events[^1]).Episode.Success.Should().BeTrue();
    }

    private sealed class FakeRetrospectiveModel(Action<Trial>? show = null) : IRetrospectiveModel
    {
        public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
        {
            foreach (Trial trial in context.Trials)
            {
                show?.Invoke(trial);
            }

            return ValueTask.FromResult(context.Trials.IsEmpty
                ? context.BasePrompt
                : context.BasePrompt.With(new PromptPart(PromptPartKind.Refinement, $"{context.Trials.Length} trials, {context.Lessons.Length} lessons", TextIntegrity.Model)));
        }
    }
}
