using Reflexion;

namespace QuickStart;

/// <summary>One episode, told.</summary>
internal static class Story
{
    private const int ShownAtFirst = 8;

    internal static void Print(Episode episode)
    {
        Console.WriteLine($"\nOne of the worlds in which it failed at first: {episode.Task.Instruction}");
        foreach (Trial trial in episode.Trials)
        {
            Console.WriteLine($"\nTrial {trial.Number}: {(trial.Evaluation?.Success == true ? "solved" : "failed")} after {trial.Trajectory.Steps.Length} actions");
            foreach (PromptPart learnt in trial.Prompt.Parts.Where(part => part.Kind is PromptPartKind.Refinement or PromptPartKind.Lessons))
            {
                Console.WriteLine($"  its prompt said: {learnt.Text}");
            }

            foreach (TrajectoryStep step in trial.Trajectory.Steps.Take(ShownAtFirst))
            {
                Console.WriteLine($"  {step.Action?.Text}: {FirstLine(step.Observation?.Text)}");
            }

            if (trial.Trajectory.Steps.Length > ShownAtFirst)
            {
                Console.WriteLine("  ...");
            }
        }
    }

    private static string FirstLine(string? text) => text?.Split('\n')[0] ?? "";
}
