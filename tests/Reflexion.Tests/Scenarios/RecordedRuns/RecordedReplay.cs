using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>Recorded runs, fed through the real actors, evaluators, reflector and loop as an experiment.</summary>
internal static class RecordedReplay
{
    /// <summary>Replays runs of one domain: each run is an arm, each of its tasks an episode, each line a trial.</summary>
    internal static async Task<ExperimentResult> RunAsync(string domain, IReadOnlyCollection<RecordedRun> runs)
    {
        var replayed = new List<ExperimentResult>();
        foreach (RecordedRun run in runs)
        {
            replayed.Add(new RecordedNumbers(run).Apply(await ExperimentOf(domain, run).RunAsync()));
        }

        return RecordedRun.Together(domain, runs, replayed.SelectMany(result => result.Episodes)) with
        {
            Memories = [.. replayed.SelectMany(result => result.Memories)],
            Configuration = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
                KeyValuePair.Create("origin", "Recorded runs, replayed through the loop."),
                KeyValuePair.Create("trials", "Only those of which a line was recorded; one line for all trials of a problem tells of the last."),
                KeyValuePair.Create("tokens", "Estimated from the replayed texts, four characters each; they were not recorded."),
            ]),
            StartedAt = replayed.Min(result => result.StartedAt),
            Duration = replayed.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration),
        };
    }

    private static Experiment ExperimentOf(string domain, RecordedRun run)
    {
        ExperimentBuilder builder = Experiment.CreateBuilder(domain).AddArm(run.Arm.Name, agent => Configure(agent, run));
        foreach ((string id, RecordedLine[] lines) in run.Episodes)
        {
            builder.AddTask(new(id, lines[0].Instruction), new() { References = lines[0].AnswerKey is { } key ? [key] : [] });
        }

        return builder.Build();
    }

    private static void Configure(ReflexionAgentBuilder agent, RecordedRun run) => agent
        .UseActor(new RecordedActor(run))
        .UseEvaluator(run.Agent.Length == 0 ? new EnvironmentRewardEvaluator() : new ExactMatchEvaluator())
        .UseReflector(new RecordedReflector(run))
        .AddStopCondition(new RecordEnds(run))
        .Configure(options =>
        {
            options.Strategy = run.Arm.Strategy;
            options.MaxTrials = run.Arm.MaxTrials;
            options.MaxLessonCharacters = 100_000;
            options.Budget = new() { MaxModelCalls = 1_000, MaxTokens = 100_000_000 };
        });
}
