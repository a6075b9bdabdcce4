using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>An experiment with texts in every field that do harm where they are taken for markup, script or layout.</summary>
internal static class HostileExperiment
{
    private static readonly string Huge = string.Concat(Enumerable.Repeat("W", 200_000));

    internal static ReportOptions Options { get; } = new()
    {
        Title = $"Title {All}",
        Facts = Named("fact"),
        ModelHashes = Named("weights"),
        Contamination = new() { Findings = [new($"example {All}", $"task {All}", false, 0.5, 7, All)], Examples = 1, Tasks = 1, TooShort = [All] },
    };

    private static string All => string.Join(' ', ExperimentSamples.HostileTexts);

    internal static ExperimentResult Create()
    {
        ExperimentResult sample = ExperimentSamples.Create(new()
        {
            Hostile = true,
            Tasks = 10,
            Seeds = 1,
            Arms = [.. ExperimentSamples.HostileTexts.Take(3).Select((text, i) => $"arm {i} {text}")],
        });
        return new(
            $"experiment {All}",
            sample.Arms.Select(arm => arm with { Model = All, ModelIds = arm.ModelIds.SetItem(AgentComponent.Actor, All), Settings = Named("setting") }),
            sample.Tasks.Select(task => task with { Kind = $"{task.Kind} {All}" }),
            sample.Seeds,
            sample.Episodes.Select((episode, i) => i == 0 ? WithHugeTexts(episode) : episode))
        {
            Configuration = Named("configuration"),
            Memories = sample.Memories,
            StartedAt = sample.StartedAt,
            Duration = sample.Duration,
        };
    }

    private static EpisodeRecord WithHugeTexts(EpisodeRecord record) => record with
    {
        Detail = Huge,
        Episode = record.Episode! with { Trials = [.. record.Episode.Trials.Select(WithHugeTexts)] },
    };

    private static Trial WithHugeTexts(Trial trial) => trial with
    {
        Prompt = trial.Prompt.With(new PromptPart(PromptPartKind.Context, Huge, TextIntegrity.Untrusted)),
        Trajectory = trial.Trajectory with { Answer = Huge, EndDetail = Huge },
    };

    private static ImmutableSortedDictionary<string, string> Named(string name) =>
        ExperimentSamples.HostileTexts.Select((text, i) => KeyValuePair.Create($"{name} {i} {text}", text)).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
