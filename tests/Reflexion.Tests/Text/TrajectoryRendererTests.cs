namespace Reflexion.Tests;

public class TrajectoryRendererTests
{
    [Fact]
    public void Steps_are_written_in_the_papers_format() => TrajectoryRenderer.Render(EvaluationSamples.Searched).Should().Be(
        """
        Thought 1: I need to search Scott Stapp.
        Action 1: Search[Scott Stapp]
        Observation 1: He fronted Creed.
        Thought 2: It must be Alter Bridge.
        Action 2: Finish[Alter Bridge]
        Answer: Alter Bridge
        The trial ended because the agent gave its answer.
        """);

    [Fact]
    public void The_first_observation_comes_first_and_a_malformed_action_is_named()
    {
        var trajectory = new Trajectory
        {
            InitialObservation = new(" You are in a room. "),
            Steps = [EvaluationSamples.Step(1, null, "Write Action: next time.") with { Outcome = StepOutcome.MalformedAction }, EvaluationSamples.Step(2, null, null, "Hm.")],
            End = TrajectoryEnd.StepLimit,
        };
        TrajectoryRenderer.Render(trajectory).Should().Be(
            """
            Observation: You are in a room.
            Action 1: (none that could be read)
            Observation 1: Write Action: next time.
            Thought 2: Hm.
            The trial ended because the agent had used all the steps it may take.
            """);
    }

    [Fact]
    public void An_action_that_is_the_whole_answer_is_written_once()
    {
        TrajectoryStep step = EvaluationSamples.Step(1, "Canberra", null, "It is no large city.") with { Outcome = StepOutcome.Answered };
        TrajectoryRenderer.Render(new() { Steps = [step], Answer = "Canberra\n", End = TrajectoryEnd.Answered }).Should().Be(
            """
            Thought 1: It is no large city.
            Answer: Canberra
            The trial ended because the agent gave its answer.
            """);
    }

    [Fact]
    public void One_long_observation_does_not_push_out_the_other_steps()
    {
        Trajectory trajectory = EvaluationSamples.Searched with
        {
            Steps = [EvaluationSamples.Step(1, "Search[x]", new string('o', 10_000)), .. EvaluationSamples.Searched.Steps],
        };
        TrajectoryRenderer.Render(trajectory, 1_000).Should()
            .Contain("Action 1: Search[x]\nObservation 1: " + Excerpt.Of(new string('o', 10_000), 250) + "\nThought 1: I need")
            .And.EndWith("gave its answer.");
    }

    [Fact]
    public void A_long_trajectory_keeps_its_head_and_tail()
    {
        Trajectory trajectory = EvaluationSamples.Searched with { Steps = [.. Enumerable.Range(1, 500).Select(i => EvaluationSamples.Step(i, $"go {i}", "ok"))] };
        string text = TrajectoryRenderer.Render(trajectory, 400);
        text.Should().StartWith("Action 1: go 1\n").And.Contain(" characters omitted] …").And.EndWith("Answer: Alter Bridge\nThe trial ended because the agent gave its answer.");
        text.Length.Should().BeLessThan(450);
    }
}
