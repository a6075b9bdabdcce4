namespace Reflexion.Samples;

/// <summary>How many tasks were solved after each trial.</summary>
public static class SolvedTable
{
    /// <summary>Whether one of the first trials of an episode solved its task.</summary>
    public static bool IsSolvedAfter(this Episode episode, int trial)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return episode.Trials.Take(trial).Any(attempt => attempt.Evaluation?.Success == true);
    }

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
            int solved = episodes.Count(episode => episode.IsSolvedAfter(trial));
            Console.WriteLine($"{trial,-8}{solved,-5}{new string('#', 40 * solved / episodes.Count)}");
        }
    }
}
