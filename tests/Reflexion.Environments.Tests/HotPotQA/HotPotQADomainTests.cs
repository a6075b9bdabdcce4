using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class HotPotQADomainTests
{
    private const string Guess = "Thought: I guess.\nAction: Finish[Merrow]";
    private const string Lesson = "I guessed. Next time I look up the birthplace on the composer's page.";

    [Fact]
    public async Task ReAct_fails_reflects_searches_and_solves_the_question()
    {
        using var model = new ScriptedChatClient(
            Guess,
            Lesson,
            "Thought: I search for the opera.\nAction: Search[The Tin Moon]",
            "Thought: Léa Brück wrote it.\nAction: Search[Lea Bruck]",
            "Thought: I look up the place.\nAction: Lookup[born]",
            "Thought: That is it.\nAction: Finish[Osterquay]");
        var domain = new HotPotQADomain([HotPotQASamples.Composer, HotPotQASamples.Comparison]);

        Episode episode = await Run(domain, model);

        model.AssertAllPlayed();
        episode.EnsureNotFailed();
        episode.Trials.Select(trial => trial.Return).Should().Equal(0, 1);
        episode.Trials[0].Evaluation!.Feedback.Should().Be("The answer is incorrect.");
        episode.Trials[0].Lesson!.Text.Should().Be(Lesson);
        episode.Trials[1].Trajectory.Steps.Select(step => step.Observation?.Text).Should().Equal(
            "The Tin Moon is an opera by Léa Brück. It was first performed in 1902.",
            "Léa Brück was a composer. She wrote nine operas. Her teacher was Ian Moor. She never married. She painted.",
            "(Result 1 / 1) She was born in Osterquay.",
            null);
        episode.Trials[1].Prompt.ToString().Should().Contain(Lesson);
        episode.Trials.Should().OnlyContain(trial => trial.HeldOutEvaluation != null);
    }

    [Fact]
    public async Task ReAct_is_told_its_actions_and_sees_examples_and_no_answer()
    {
        using var model = new ScriptedChatClient(Guess);

        await Run(new HotPotQADomain([HotPotQASamples.Composer], new() { MaxTrials = 1 }), model);

        ScriptedRequest request = model.LastRequest;
        request.System.Should().Be(HotPotQAPrompts.ReAct());
        request.Messages[1].Text.Should().Be($"Here are some examples:\n{HotPotQAPrompts.ReActExamples}\n(END OF EXAMPLES)\n\nTask: In which town was the composer of The Tin Moon born?");
        request.Contains("Osterquay, a harbour town").Should().BeTrue("the example's town is named so");
        request.Options!.StopSequences.Should().Equal("\nObservation");
    }

    [Fact]
    public async Task A_chain_of_thought_answers_from_what_the_model_knows()
    {
        using var model = new ScriptedChatClient("Thought: One is a novel.\nAction: Finish[no]");
        var domain = new HotPotQADomain([HotPotQASamples.Comparison], new() { Agent = HotPotQAAgent.ChainOfThought });

        Episode episode = await Run(domain, model);

        episode.Success.Should().BeTrue();
        model.LastRequest.System.Should().Be(HotPotQAPrompts.ChainOfThought);
        model.LastRequest.Contains(HotPotQAPrompts.ChainOfThoughtExamples).Should().BeTrue();
        domain.Tasks[0].Task.Context.Should().BeNull();
    }

    [Theory]
    [InlineData(HotPotQAContext.Supporting, false)]
    [InlineData(HotPotQAContext.All, true)]
    public async Task A_chain_of_thought_with_context_is_given_the_paragraphs_chosen(HotPotQAContext context, bool hasOthers)
    {
        using var model = new ScriptedChatClient("Thought: It is there.\nAction: Finish[Osterquay]");
        var domain = new HotPotQADomain([HotPotQASamples.Composer], new() { Agent = HotPotQAAgent.ChainOfThoughtWithContext, Context = context });

        Episode episode = await Run(domain, model);

        episode.Success.Should().BeTrue();
        model.LastRequest.System.Should().Be(HotPotQAPrompts.ChainOfThoughtWithContext);
        model.LastRequest.Contains(HotPotQAPrompts.ChainOfThoughtWithContextExamples).Should().BeTrue();
        model.LastRequest.Contains("<context>\nThe Tin Moon\nThe Tin Moon is an opera by Léa Brück. It was first performed in 1902.\n\nLéa Brück\nLéa Brück was a composer.").Should().BeTrue();
        model.LastRequest.Contains("The Copper Moon\nThe Copper Moon is a novel.").Should().Be(hasOthers);
    }

    [Theory]
    [InlineData(HotPotQAScore.ExactMatch, 0, 0.5, "The answer is incorrect.")]
    [InlineData(HotPotQAScore.F1, 0.5, 0, "The answer is partly right: some of its words are the ones looked for, others are wrong or missing.")]
    public async Task One_measure_is_the_return_and_the_other_is_held_out(HotPotQAScore score, double shown, double heldOut, string feedback)
    {
        using var model = new ScriptedChatClient("Thought: Near it.\nAction: Finish[near Osterquay, sea]");

        Episode episode = await Run(new HotPotQADomain([HotPotQASamples.Composer], new() { Score = score, MaxTrials = 1 }), model);

        episode.Trials[0].Return.Should().Be(shown);
        episode.Trials[0].HeldOutEvaluation!.Score.Should().Be(heldOut);
        episode.Trials[0].Evaluation!.Feedback.Should().Be(feedback);
    }

    [Fact]
    public async Task A_trial_ends_after_six_steps_unless_told_otherwise()
    {
        using var model = new ScriptedChatClient().Otherwise("Thought: Again.\nAction: Search[The Tin Moon]");

        Episode six = await Run(new HotPotQADomain([HotPotQASamples.Composer], new() { MaxTrials = 1 }), model);
        Episode two = await Run(new HotPotQADomain([HotPotQASamples.Composer], new() { MaxTrials = 1, MaxSteps = 2 }), model);
        Episode cycle = await Run(new HotPotQADomain([HotPotQASamples.Composer], new() { MaxTrials = 1, Progress = new() }), model);

        six.Trials[0].Trajectory.Steps.Should().HaveCount(6);
        six.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.StepLimit);
        six.Trials[0].Evaluation!.Feedback.Should().Be("No answer was given.");
        two.Trials[0].Trajectory.Steps.Should().HaveCount(2);
        cycle.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.Cycle);
    }

    [Fact]
    public async Task An_unknown_action_is_answered_with_the_ones_there_are()
    {
        using var model = new ScriptedChatClient("Thought: I open it.\nAction: Open[The Tin Moon]", "Thought: I see.\nAction: Finish[Osterquay]");

        Episode episode = await Run(new HotPotQADomain([HotPotQASamples.Composer]), model);

        episode.Success.Should().BeTrue();
        episode.Trials[0].Trajectory.Steps[0].Observation!.Text.Should().Be(
            "There is no action of that name. The actions are Search[argument], Lookup[argument] and Finish[answer], which gives the answer.");
    }

    [Fact]
    public async Task Another_store_other_words_and_shorter_pages_can_be_set()
    {
        using var model = new ScriptedChatClient("Thought: Look.\nAction: Search[x]", Guess);
        var domain = new HotPotQADomain([HotPotQASamples.Composer], new()
        {
            MaxTrials = 1,
            Documents = new ParagraphStore([new("X", ["One.", "Two."])]),
            ObservedSentences = 1,
            FenceObservations = false,
            Instructions = "Be brief.",
            Examples = "",
            ChatOptions = new() { Temperature = 0 },
        });

        await Run(domain, model);

        model.LastRequest.System.Should().Be("Be brief.");
        model.LastRequest.Messages[1].Text.Should().StartWith("Task: ");
        model.LastRequest.Last.Should().Be("Observation 1: One.");
        model.LastRequest.Options!.Temperature.Should().Be(0);
    }

    [Fact]
    public async Task What_no_longer_fits_the_prompt_is_shortened()
    {
        using var model = new ScriptedChatClient("Thought: Look.\nAction: Search[x]", Guess);
        var domain = new HotPotQADomain([HotPotQASamples.Composer], new()
        {
            MaxTrials = 1,
            MaxPromptTokens = 400,
            Documents = new ParagraphStore([new("X", [string.Join(' ', Enumerable.Repeat("word", 1_000))])]),
            Instructions = "Be brief.",
            Examples = "",
        });

        Episode episode = await Run(domain, model);

        episode.Trials[0].Trajectory.End.Should().Be(TrajectoryEnd.Answered);
        model.LastRequest.Last.Length.Should().BeLessThan(1_600);
    }

    [Theory]
    [InlineData(HotPotQAAgent.ReAct, "the ferry Grey Wagtail")]
    [InlineData(HotPotQAAgent.ChainOfThought, "the Hesper Bridge")]
    [InlineData(HotPotQAAgent.ChainOfThoughtWithContext, "the Hesper Bridge")]
    public async Task The_reflector_sees_two_examples_of_the_agents_kind(HotPotQAAgent agent, string example)
    {
        using var model = new ScriptedChatClient(Guess, Lesson, Guess);
        var domain = new HotPotQADomain([HotPotQASamples.Composer], new() { Agent = agent, MaxTrials = 2, ReflectorChatOptions = new() { Temperature = 1 } });

        await Run(domain, model);

        ScriptedRequest reflection = model.Requests[1];
        reflection.System.Should().Contain(example).And.Contain("Example 2:").And.NotContain("Example 3:").And.Contain("plain prose");
        reflection.Options!.Temperature.Should().Be(1);
        HotPotQAPrompts.ReflectionExamples(agent).Should().HaveCount(2);
    }

    [Fact]
    public void Tasks_carry_the_question_and_keep_the_answer_apart()
    {
        var domain = new HotPotQADomain([HotPotQASamples.Composer, HotPotQASamples.Comparison]);

        domain.Name.Should().Be("hotpotqa");
        domain.Tasks.Select(task => task.Task.Id).Should().Equal("q1", "q2");
        domain.Tasks.Select(task => task.Kind).Should().Equal("bridge", "comparison");
        domain.Tasks[0].Task.Instruction.Should().Be("In which town was the composer of The Tin Moon born?");
        domain.Tasks[0].References.Should().Equal("Osterquay");
    }

    [Fact]
    public void Questions_that_cannot_be_worked_on_are_refused()
    {
        Refused([], new(), "There are no questions.*");
        Refused([null!], new(), "A question is null.*");
        Refused([HotPotQASamples.Composer, HotPotQASamples.Composer], new(), "The id 'q1' is that of several questions.*");
        Refused([HotPotQASamples.Composer with { Answer = null }], new(), "Question 'q1' has no answer, *");
        Refused([HotPotQASamples.Composer with { Paragraphs = [] }], new(), "The questions have no paragraphs to search; set HotPotQAOptions.Documents.*");
        Refused([HotPotQASamples.Composer with { Supports = [] }], new() { Agent = HotPotQAAgent.ChainOfThoughtWithContext }, "Question 'q1' has none of the paragraphs that the agent is to be given (HotPotQAContext.Supporting).*");
        Refused([HotPotQASamples.Composer with { Paragraphs = [] }], new() { Agent = HotPotQAAgent.ChainOfThoughtWithContext, Context = HotPotQAContext.All }, "*(HotPotQAContext.All).*");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        HotPotQAOptions[] wrong =
        [
            new() { Agent = (HotPotQAAgent)9 }, new() { Score = (HotPotQAScore)9 }, new() { Context = (HotPotQAContext)9 }, new() { MaxSteps = 0 },
            new() { ObservedSentences = 0 }, new() { MaxPromptTokens = 0 }, new() { Progress = null! }, new() { MaxTrials = 0 }, new() { MaxTrials = 1001 },
            new() { MaxLessonsInPrompt = -1 }, new() { MaxLessonsInPrompt = 101 }, new() { MaxReflectedCharacters = 199 },
        ];
        foreach (HotPotQAOptions options in wrong)
        {
            Refused([HotPotQASamples.Composer], options, "*");
        }
    }

    private static void Refused(HotPotQAQuestion[] questions, HotPotQAOptions options, string message)
    {
        Action make = () => _ = new HotPotQADomain(questions, options);

        make.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private static Task<Episode> Run(HotPotQADomain domain, ScriptedChatClient model) =>
        ReflexionAgent.CreateBuilder(model).UseDomain(domain).Build().RunAsync(domain.Tasks[0]);
}
