using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>A state in which a refinement is due: one failed trial, with what was done and said in it.</summary>
internal static class RefinementSamples
{
    internal static readonly AgentTask Task = new("mug", "Find the red mug.");

    internal static readonly ActorPrompt BasePrompt = new(
    [
        new(PromptPartKind.Instructions, "Work.", TextIntegrity.Trusted),
        new(PromptPartKind.Task, Task.Instruction, TextIntegrity.Trusted),
    ]);

    internal static RetrospectiveContext Context(double before = 0.25, string episode = "e1", ImmutableArray<Lesson> lessons = default, ActorPrompt? told = null, int trials = 1) => new()
    {
        Task = Task,
        BasePrompt = BasePrompt,
        Lessons = lessons.IsDefault ? [] : lessons,
        Trials = [.. Enumerable.Range(1, trials).Select(number => Trial(number, before, told))],
        Run = new(episode),
    };

    internal static Trial Trial(int number, double score, ActorPrompt? prompt = null) => new()
    {
        Number = number,
        Prompt = prompt ?? BasePrompt,
        Trajectory = new()
        {
            Steps = [new() { Number = 1, Thought = "Look here.", Action = new("open cabinet"), Observation = new("There stands a blue cup.") }],
            Answer = "cup",
            End = TrajectoryEnd.Answered,
        },
        Evaluation = TrajectoryEvaluation.Failed("Wrong colour.", score),
    };

    internal static Lesson Lesson(string text, double? meanDelta = null) => new(new("", "a", "mug"), text, new("e0", 1, DateTimeOffset.UnixEpoch))
    {
        Credit = meanDelta is { } delta ? new(2, 2, 2 * delta) : default,
    };

    internal static ActorPrompt Told(string refinement) =>
        BasePrompt.With(new PromptPart(PromptPartKind.Refinement, $"Advice.\n{Fence.Wrap("guidance", refinement)}", TextIntegrity.Untrusted));
}
