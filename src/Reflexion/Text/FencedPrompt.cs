using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion;

/// <summary>Builds a user message from fenced sections, the same for judge, reflector and retrospective model.</summary>
internal sealed class FencedPrompt
{
    private const int MaxFeedbackCharacters = 4_000;
    private readonly List<string> _sections = [];

    internal FencedPrompt Say(string trusted)
    {
        _sections.Add(trusted);
        return this;
    }

    internal FencedPrompt Section(string tag, string text)
    {
        _sections.Add(SafeFence.Wrap(tag, text));
        return this;
    }

    internal FencedPrompt Task(AgentTask task, int maxContextCharacters)
    {
        Section("task", task.Instruction);
        return string.IsNullOrWhiteSpace(task.Context) ? this : Section("context", Excerpt.Of(task.Context, maxContextCharacters));
    }

    internal FencedPrompt Trajectory(Trajectory trajectory, int maxCharacters) => Section("trajectory", TrajectoryRenderer.Render(trajectory, maxCharacters));

    internal FencedPrompt Evaluation(TrajectoryEvaluation? evaluation) => Section("evaluation", Describe(evaluation));

    internal FencedPrompt Lessons(ImmutableArray<Lesson> lessons) => lessons.IsDefaultOrEmpty ? this : Section("lessons", Describe(lessons));

    internal static string Describe(TrajectoryEvaluation? evaluation) => evaluation is null
        ? "The trial was not judged."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Score: {evaluation.Score:0.##} of 1. The task was {(evaluation.Success ? "solved" : "not solved")}.\nFeedback: {Excerpt.Of(evaluation.Feedback, MaxFeedbackCharacters)}");

    internal static string Describe(ImmutableArray<Lesson> lessons) => string.Join('\n', lessons.Select((lesson, index) => $"{index + 1}. {lesson.Text.Trim()}"));

    public override string ToString() => string.Join("\n\n", _sections);
}
