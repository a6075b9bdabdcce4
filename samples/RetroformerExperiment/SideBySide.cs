using Reflexion;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>What the arms wrote after the same failures, one beside the other.</summary>
internal static class SideBySide
{
    private const int Shown = 3;
    private const int Tasks = 20;

    /// <summary>Prints the refinements of the arms whose retrospective model writes some, for the first tasks at which the actor failed.</summary>
    /// <remarks>All arms play at one temperature here, so that each of them sees the same first attempt.</remarks>
    internal static async Task PrintAsync(Arms arms, ISetting setting, CancellationToken stop)
    {
        string[] written = [.. arms.Names.Where(arm => arm is not (Arms.Retry or Arms.LastAttempt or Arms.Selector))];
        IAgentDomain domain = setting.Glimpse(Tasks);
        var failures = new List<(AgentTask Task, Trial[] Seconds)>();
        foreach (DomainTask task in domain.Tasks)
        {
            if (failures.Count == Shown)
            {
                break;
            }

            Trial[] seconds = (await Task.WhenAll(written.Select(arm => SecondAsync(arm, task.Task)))).OfType<Trial>().ToArray();
            if (seconds.Length == written.Length && seconds.Length > 0)
            {
                failures.Add((task.Task, seconds));
            }
        }

        foreach ((AgentTask task, Trial[] seconds) in failures)
        {
            Console.WriteLine($"\n{task.Instruction}");
            foreach ((string arm, Trial second) in written.Zip(seconds))
            {
                Attempt attempt = PlayerPrompts.AttemptOf(task, second);
                Console.WriteLine($"  {arm + (attempt.IsWon ? ", solved" : ", failed"),-28} {attempt.Refinement?.ReplaceLineEndings(" ").Trim()}");
            }
        }

        async Task<Trial?> SecondAsync(string arm, AgentTask task)
        {
            var builder = new ReflexionAgentBuilder();
            arms.Configure(arm, builder, domain, HouseholdPlayer.Temperature, selector: null);
            Episode episode = (await builder.Build().RunAsync(task, new() { Seed = 1 }, stop)).EnsureNotFailed();
            return episode.Trials.ElementAtOrDefault(1);
        }
    }
}
