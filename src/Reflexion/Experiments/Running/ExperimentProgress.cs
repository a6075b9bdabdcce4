using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Where an experiment stands.</summary>
public sealed record ExperimentProgress
{
    /// <summary>Episodes that are done, those taken over from an earlier run included. Never falls.</summary>
    public required int Completed { get; init; }

    /// <summary>Episodes in progress.</summary>
    public required int Running { get; init; }

    /// <summary>Episodes in all.</summary>
    public required int Total { get; init; }

    /// <summary>How many of the completed ones had each outcome, zeros included.</summary>
    public required ImmutableSortedDictionary<ExperimentOutcome, int> Outcomes { get; init; }

    /// <summary>Where each arm stands, in the experiment's order.</summary>
    public required ImmutableArray<ArmProgress> Arms { get; init; }

    /// <summary>The episode that has just ended; null where this reports a start.</summary>
    public EpisodeRecord? Ended { get; init; }

    /// <summary>How long the experiment has run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long the rest takes at the pace so far; null before the first episode of this run has ended.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>What the completed episodes used, held-out evaluation included.</summary>
    public ComponentUsage Usage => Arms.Aggregate(default(ComponentUsage), (sum, arm) => sum + arm.Usage);
}
