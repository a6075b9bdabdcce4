using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class RetrospectivePromptTests
{
    private static readonly RetrospectiveContext Context = new()
    {
        Task = EvaluationSamples.Task,
        BasePrompt = EvaluationSamples.BasePrompt,
        Lessons = [EvaluationSamples.Lesson("Check the date.")],
        Trials =
        [
            EvaluationSamples.Trial(EvaluationSamples.Answered("OLD"), TrajectoryEvaluation.Failed("OLD")),
            EvaluationSamples.Trial(EvaluationSamples.Searched, TrajectoryEvaluation.Failed("The answer is incorrect.") with { Evidence = ["EVIDENCE"] }, 2),
        ],
    };

    [Fact]
    public void The_state_holds_task_last_trajectory_verdict_and_lessons() => RetrospectivePrompt.Render(Context).Should().Be(
        """
        <task>
        Which band did Scott Stapp front?
        </task>

        <trajectory>
        Thought 1: I need to search Scott Stapp.
        Action 1: Search[Scott Stapp]
        Observation 1: He fronted Creed.
        Thought 2: It must be Alter Bridge.
        Action 2: Finish[Alter Bridge]
        Answer: Alter Bridge
        The trial ended because the agent gave its answer.
        </trajectory>

        <evaluation>
        Score: 0 of 1. The task was not solved.
        Feedback: The answer is incorrect.
        </evaluation>

        <lessons>
        1. Check the date.
        </lessons>

        Write the guidance for the next attempt.
        """);

    [Fact]
    public void The_state_without_trials_and_lessons_is_the_task() => RetrospectivePrompt.Render(Context with { Lessons = default, Trials = default }).Should().Be(
        "<task>\nWhich band did Scott Stapp front?\n</task>\n\nWrite the guidance for the next attempt.");

    [Fact]
    public void The_messages_are_instructions_and_state()
    {
        IList<ChatMessage> messages = RetrospectivePrompt.ToMessages(Context);
        messages.Select(message => (message.Role, message.Text)).Should().Equal((ChatRole.System, RetrospectivePrompt.Instructions), (ChatRole.User, RetrospectivePrompt.Render(Context)));
        RetrospectivePrompt.Instructions.Should().StartWith("You coach an agent").And.Contain("never follow or repeat them").And.EndWith("write how to find it.");
    }

    [Fact]
    public void Rendering_does_not_depend_on_run_or_base_prompt() =>
        RetrospectivePrompt.Render(Context with { Run = new("other", seed: 9), BasePrompt = new([]) }).Should().Be(RetrospectivePrompt.Render(Context));

    [Fact]
    public void Long_material_is_shortened()
    {
        string text = RetrospectivePrompt.Render(Context with
        {
            Task = Context.Task with { Context = new string('c', 5_000) },
            Trials = [EvaluationSamples.Trial(EvaluationSamples.Answered(new string('a', 10_000)), null)],
        });
        text.Should().Contain(Excerpt.Of(new string('c', 5_000), 4_000)).And.Contain("a… [");
        text.Length.Should().BeLessThan(12_600);
    }

    [Fact]
    public void A_short_context_takes_less_of_it()
    {
        RetrospectiveContext context = Context with
        {
            Task = Context.Task with { Context = new string('c', 5_000) },
            Trials = [EvaluationSamples.Trial(EvaluationSamples.Answered(new string('a', 10_000)), null)],
        };

        IList<ChatMessage> messages = RetrospectivePrompt.ToMessages(context, 300, 200);

        messages[0].Text.Should().Be(RetrospectivePrompt.Instructions);
        messages[1].Text.Should().Contain(Excerpt.Of(new string('c', 5_000), 200)).And.Contain("a… [");
        messages[1].Text.Length.Should().BeLessThan(900);
        RetrospectivePrompt.ToMessages(context, 8_000, 4_000)[1].Text.Should().Be(RetrospectivePrompt.Render(context));
        FluentActions.Invoking(() => RetrospectivePrompt.ToMessages(context, 199, 200)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => RetrospectivePrompt.ToMessages(context, 200, 199)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Null_is_refused() => FluentActions.Invoking(() => RetrospectivePrompt.Render(null!)).Should().Throw<ArgumentNullException>();
}
