namespace Reflexion.Samples;

/// <summary>How many tasks were solved after each trial.</summary>
public static class SolvedTable
{
    /// <summary>Prints the table.</summary>
    /// <param name="episodes">One episode a task.</param>
    public static void Print(IReadOnlyCollection<Episode> episodes)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        if (episodes.Count == 0)
        {
            Console.WriteLine("No task was run.");
            return;
        }

        Console.WriteLine($"\n{"trial",-8}solved, of {episodes.Count}");
        for (int trial = 1; trial <= episodes.Max(episode => episode.Trials.Length); trial++)
        {
            int solved = episodes.Count(episode => episode.Trials.Take(trial).Any(attempt => attempt.Evaluation?.Success == true));
            Console.WriteLine($"{trial,-8}{solved,-5}{new string('#', 40 * solved / episodes.Count)}");
        }
    }
}
