using System.Text;

namespace Reflexion;

/// <summary>Writes a trajectory as text for a model to read: for judges, reflectors and the last attempt in a prompt.</summary>
internal static class TrajectoryRenderer
{
    internal const int DefaultMaxCharacters = 16_000;

    /// <summary>Renders a trajectory. One long observation is shortened before the whole is, so that it cannot push out the other steps.</summary>
    internal static string Render(Trajectory trajectory, int maxCharacters = DefaultMaxCharacters)
    {
        var text = new StringBuilder();
        int maxObservation = Math.Max(1, maxCharacters / 4);
        Line(text, "Observation", Short(trajectory.InitialObservation));
        foreach (TrajectoryStep step in trajectory.Steps)
        {
            Line(text, $"Thought {step.Number}", step.Thought);
            Line(text, $"Action {step.Number}", IsAnswer(step) ? null : step.Action?.Text ?? (step.Outcome == StepOutcome.MalformedAction ? "(none that could be read)" : null));
            Line(text, $"Observation {step.Number}", Short(step.Observation));
        }

        Line(text, "Answer", trajectory.Answer);
        text.Append("The trial ended because ").Append(EndWords.Of(trajectory)).Append('.');
        return Excerpt.Of(text.ToString(), maxCharacters);

        // One that is the whole answer is written as the answer, and not twice.
        bool IsAnswer(TrajectoryStep step) => step.Outcome == StepOutcome.Answered && step.Action?.Text.Trim() == trajectory.Answer?.Trim();

        string? Short(Observation? observation) => observation is null ? null : Excerpt.Of(observation.Text, maxObservation);
    }

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            text.Append(label).Append(": ").Append(value.Trim()).Append('\n');
        }
    }
}
