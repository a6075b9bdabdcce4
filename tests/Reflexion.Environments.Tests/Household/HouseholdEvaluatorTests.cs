using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HouseholdEvaluatorTests
{
    [Fact]
    public async Task A_won_game_is_a_success() =>
        (await EvaluateAsync(TrajectoryEnd.EnvironmentTerminal, [("look", "room", 0), ("put a 1 in/on b 1", "done", 1)]))
        .Should().BeEquivalentTo(new TrajectoryEvaluation(1, true, "The task was done after 2 actions."));

    [Fact]
    public async Task The_end_of_an_episode_is_no_success()
    {
        TrajectoryEvaluation evaluation = await EvaluateAsync(TrajectoryEnd.StepLimit, [("take cup 1 from desk 1", "You pick up the cup 1 from the desk 1.", 0)]);

        (evaluation.Score, evaluation.Success).Should().Be((0, false));
        evaluation.Feedback.Should().Be("The task was not done after 1 actions; the trial ended because all actions were used.");
    }

    [Theory]
    [InlineData(TrajectoryEnd.NoProgress, "its replies held no action")]
    [InlineData(TrajectoryEnd.ContextLimit, "the conversation no longer fitted the model's context")]
    [InlineData(TrajectoryEnd.Budget, "the budget was used up")]
    [InlineData(TrajectoryEnd.Stopped, "it was cut short")]
    [InlineData(TrajectoryEnd.EnvironmentTerminal, "the environment ended it")]
    public async Task The_feedback_says_what_ended_the_trial(TrajectoryEnd end, string cause) =>
        (await EvaluateAsync(end, [])).Feedback.Should().Be($"The task was not done after 0 actions; the trial ended because {cause}.");

    [Fact]
    public async Task The_feedback_names_what_was_in_vain()
    {
        TrajectoryEvaluation evaluation = await EvaluateAsync(
            TrajectoryEnd.EnvironmentTerminal,
            [("open b 1", "Nothing happens.", 0), ("open b 1", "Nothing happens.", 0), ("open b 1", "Nothing happens.", 0), ("open c 1", "Nothing happens.", 0), ("open b 1", "Nothing happens.", 0)]);

        evaluation.Feedback.Should().Be(
            "The task was not done after 5 actions; the trial ended because the action 'open b 1' led to the same observation more than 3 times. "
            + "Actions that could not be carried out ('Nothing happens.'): 5, among them 'open b 1', 'open c 1'. Nothing was ever picked up.");
    }

    [Fact]
    public async Task The_original_rule_is_told_as_it_is() =>
        (await EvaluateAsync(TrajectoryEnd.EnvironmentTerminal, [("look", "a", 0), ("look", "b", 0)], HouseholdStopRule.Original))
        .Feedback.Should().Be("The task was not done after 2 actions; the trial ended because the agent wrote the action 'look' twice in a row. Nothing was ever picked up.");

    private static async Task<TrajectoryEvaluation> EvaluateAsync(
        TrajectoryEnd end, (string Action, string Observation, double Reward)[] steps, HouseholdStopRule rule = HouseholdStopRule.Paper) =>
        await new HouseholdEvaluator(rule).EvaluateAsync(
            new()
            {
                Task = new("t", "task"),
                Trajectory = new()
                {
                    End = end,
                    Steps = [.. steps.Select((step, index) => new TrajectoryStep
                    {
                        Number = index + 1,
                        Action = new(step.Action),
                        Observation = new(step.Observation) { Reward = step.Reward },
                    })],
                },
            },
            CancellationToken.None);
}
