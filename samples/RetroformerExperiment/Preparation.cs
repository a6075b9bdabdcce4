using System.Collections.Concurrent;
using System.Globalization;
using Reflexion;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>What is settled on training worlds before the experiment: each arm's temperature, and what the selector learns.</summary>
internal sealed class Preparation(Arms arms, ISetting setting, ExperimentSettings settings)
{
    private static readonly double[] s_temperatures = [0.3, 0.5, 0.8];

    /// <summary>The selector's weights after playing training worlds at the usual temperature.</summary>
    internal async Task<SelectorState?> TrainSelectorAsync(CancellationToken stop)
    {
        if (!arms.Names.Contains(Arms.Selector))
        {
            return null;
        }

        SelectorRetrospectiveModel selector = arms.NewSelector();
        Episode[] played = await PlayAsync(Arms.Selector, settings.SelectorGames, HouseholdPlayer.Temperature, selector, stop);
        Console.WriteLine($"selector: learnt from {played.Length} episodes on training tasks; {selector.Learner.Progress}");
        return selector.Export();
    }

    /// <summary>The temperature at which an arm solves most on training worlds, on average over the trials.</summary>
    internal async Task<double> TemperatureAsync(string arm, SelectorState? state, CancellationToken stop)
    {
        (double Temperature, double Solved)[] tried = new (double, double)[s_temperatures.Length];
        for (int i = 0; i < tried.Length; i++)
        {
            Episode[] played = await PlayAsync(arm, settings.Trying, s_temperatures[i], state is null ? null : arms.NewSelector(state), stop);
            tried[i] = (s_temperatures[i], Enumerable.Range(1, settings.Trials).Average(trial => played.Average(episode => episode.IsSolvedAfter(trial) ? 1.0 : 0)));
        }

        double best = tried.MaxBy(each => each.Solved).Temperature;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{arm}: temperature {best} ({string.Join(", ", tried.Select(each => $"{each.Temperature:F1}: {each.Solved:P1}"))} solved on training tasks, mean over trials)"));
        return best;
    }

    private async Task<Episode[]> PlayAsync(string arm, int games, double temperature, SelectorRetrospectiveModel? selector, CancellationToken stop)
    {
        IAgentDomain domain = setting.Training(games);
        var builder = new ReflexionAgentBuilder();
        arms.Configure(arm, builder, domain, temperature, selector);
        ReflexionAgent agent = builder.Build();
        var episodes = new ConcurrentBag<Episode>();
        await Parallel.ForEachAsync(domain.Tasks, new ParallelOptions { MaxDegreeOfParallelism = HouseholdPlayer.Sequences, CancellationToken = stop }, async (task, token) =>
            episodes.Add((await agent.RunAsync(task.Task, new() { Seed = 1 }, token)).EnsureNotFailed()));
        return [.. episodes];
    }
}
