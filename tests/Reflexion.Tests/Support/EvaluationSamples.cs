using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>Small tasks, trajectories, trials and lessons for tests of evaluators, reflectors and retrospective models.</summary>
internal static class EvaluationSamples
{
    internal static readonly AgentTask Task = new("t1", "Which band did Scott Stapp front?");

    internal static readonly Trajectory Searched = new()
    {
        Steps =
        [
            Step(1, "Search[Scott Stapp]", "He fronted Creed.", thought: "I need to search Scott Stapp."),
            Step(2, "Finish[Alter Bridge]", null, thought: "It must be Alter Bridge."),
        ],
        Answer = "Alter Bridge",
        End = TrajectoryEnd.Answered,
    };

    internal static TrajectoryStep Step(int number, string? action, string? observation, string? thought = null, double reward = 0) => new()
    {
        Number = number,
        Thought = thought,
        Action = action is null ? null : new AgentAction(action),
        Observation = observation is null ? null : new Observation(observation) { Reward = reward },
    };

    internal static Trajectory Answered(string? answer) => new() { Answer = answer, End = TrajectoryEnd.Answered };

    internal static EvaluationContext Judged(Trajectory trajectory, params string[] references) =>
        new() { Task = Task, Trajectory = trajectory, References = [.. references] };

    internal static async Task<TrajectoryEvaluation> EvaluateAsync(this ITrajectoryEvaluator evaluator, Trajectory trajectory, params string[] references) =>
        await evaluator.EvaluateAsync(Judged(trajectory, references), CancellationToken.None);

    internal static Trial Trial(Trajectory trajectory, TrajectoryEvaluation? evaluation, int number = 1) => new()
    {
        Number = number,
        Prompt = BasePrompt,
        Trajectory = trajectory,
        Evaluation = evaluation,
        HeldOutEvaluation = TrajectoryEvaluation.Failed("HELD OUT FEEDBACK"),
    };

    internal static ActorPrompt BasePrompt { get; } = new(
    [
        new PromptPart(PromptPartKind.Instructions, "Think, then act.", TextIntegrity.Trusted),
        new PromptPart(PromptPartKind.Task, "Which band did Scott Stapp front?", TextIntegrity.Untrusted),
    ]);

    internal static Lesson Lesson(string text, TextIntegrity integrity = TextIntegrity.Model, string taskId = "t1", bool fromSuccess = false) =>
        new(new("", "reflexion", taskId), text, new("e1", 1, DateTimeOffset.UnixEpoch) { FromSuccess = fromSuccess }) { Integrity = integrity };

    internal static string User(this ScriptedRequest request) => request.Messages[1].Text;
}
