using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A result as a document of its own.</summary>
internal sealed record ExperimentDocument
{
    /// <summary>The name of the format.</summary>
    public const string Name = "reflexion-experiment";

    /// <summary>The newest version that this code reads, and the one it writes.</summary>
    public const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Experiment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required ImmutableSortedDictionary<string, string> Configuration { get; init; }

    public required ExperimentArmInfo[] Arms { get; init; }

    public required ExperimentTaskInfo[] Tasks { get; init; }

    public required int[] Seeds { get; init; }

    public required EpisodeRecord[] Episodes { get; init; }

    public required ExperimentMemory[] Memories { get; init; }

    internal static ExperimentDocument Of(ExperimentResult result) => new()
    {
        Format = Name,
        Version = CurrentVersion,
        Experiment = result.Name,
        StartedAt = result.StartedAt,
        Duration = result.Duration,
        Configuration = result.Configuration,
        Arms = [.. result.Arms],
        Tasks = [.. result.Tasks],
        Seeds = [.. result.Seeds],
        Episodes = [.. result.Episodes],
        Memories = [.. result.Memories],
    };

    /// <summary>The result.</summary>
    /// <exception cref="ArgumentException">It contradicts itself.</exception>
    internal ExperimentResult ToResult() => new(Experiment, Arms, Tasks, Seeds, Episodes)
    {
        StartedAt = StartedAt,
        Duration = Duration,
        Configuration = Configuration.WithComparers(StringComparer.Ordinal),
        Memories = [.. Memories],
    };
}
