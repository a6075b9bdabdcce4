namespace Reflexion.Samples;

/// <summary>Prints how an episode ended, trial by trial, and what it used.</summary>
public static class Summary
{
    /// <summary>Prints an episode.</summary>
    /// <param name="episode">The episode.</param>
    public static void Print(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        Console.WriteLine($"\n{episode.StopReason} after {episode.Trials.Length} trials. {episode.StopDetail}");
        if (episode.Best is { } best)
        {
            Console.WriteLine($"Best answer (trial {best.Number}): {best.Trajectory.Answer}");
            Console.WriteLine($"Score by trial: {string.Join("  ", episode.Trials.Select(trial => trial.Return is { } score ? $"{score:0.00}" : "-"))}");
        }

        foreach ((AgentComponent component, ComponentUsage usage) in episode.Usage.ByComponent)
        {
            Console.WriteLine($"{component,-20} {usage.Calls,3} calls {usage.Tokens.InputTokens,7} tokens in {usage.Tokens.OutputTokens,6} out");
        }
    }
}
