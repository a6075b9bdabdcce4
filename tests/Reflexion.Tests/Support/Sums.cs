using System.Globalization;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>An experiment whose model adds one: it is right at once for even numbers, after a lesson for odd ones, and never for multiples of five.</summary>
internal static class Sums
{
    internal static ScriptedChatClient Model() => new ScriptedChatClient().Otherwise(request => Answer(request.Text));

    /// <summary>An experiment of a retrying and a reflecting arm.</summary>
    internal static ExperimentBuilder Builder(Microsoft.Extensions.AI.IChatClient model, int tasks = 10) => Experiment.CreateBuilder("sums")
        .AddTasks(ExperimentSamples.Tasks(tasks))
        .AddModel("adder", model)
        .AddStrategies(ReflexionStrategy.Retry, ReflexionStrategy.Reflexion)
        .ConfigureAgents(agent => agent
            .UseEvaluator(new ExactMatchEvaluator())
            .UseReflector(new DelegateReflector(_ => "Lesson: add one more."))
            .Configure(options => options.MaxTrials = 3));

    /// <summary>What matters of a record, without times.</summary>
    internal static string Line(EpisodeRecord episode) => string.Create(
        CultureInfo.InvariantCulture, $"{episode.EpisodeId} {episode.Outcome} {string.Join(',', episode.Trials.Select(trial => $"{trial.Outcome}:{trial.Usage.Tokens.TotalTokens}"))} {episode.AgentUsage.Calls}");

    private static string Answer(string prompt)
    {
        int at = prompt.IndexOf("What is ", StringComparison.Ordinal) + 8;
        int number = int.Parse(prompt.AsSpan(at, prompt.IndexOf(' ', at) - at), CultureInfo.InvariantCulture);
        bool knows = number % 5 != 0 && (number % 2 == 0 || prompt.Contains("add one more", StringComparison.Ordinal));
        return (knows ? number + 1 : number).ToString(CultureInfo.InvariantCulture);
    }
}
