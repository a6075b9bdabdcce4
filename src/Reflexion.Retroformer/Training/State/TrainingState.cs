using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Where a training stands, beside the weights: what a checkpoint's <c>state.json</c> holds.</summary>
internal sealed record TrainingState
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The options that decide what is computed.</summary>
    public required string Training { get; init; }

    public int Update { get; init; }

    /// <summary>The file of the weights after <see cref="Update"/>.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The update whose weights are the incumbent's.</summary>
    public int IncumbentUpdate { get; init; }

    /// <summary>The file of the incumbent's weights.</summary>
    public string Incumbent { get; init; } = "";

    /// <summary>The held-out failures; empty without a held-out source.</summary>
    public ImmutableArray<string> HeldOutIds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The incumbent's return on each held-out failure; empty without a held-out source.</summary>
    public ImmutableArray<double> IncumbentReturns { get; init; } = [];

    /// <summary>Mean return of the null arm on held-out failures.</summary>
    public double HeldOutNullReturn { get; init; }

    /// <summary>Held-out evaluations in a row below the incumbent.</summary>
    public int Regresses { get; init; }

    /// <summary>The update that was evaluated last.</summary>
    public int EvaluatedUpdate { get; init; }

    /// <summary>Bytes of the log that belong to this state.</summary>
    public long LogBytes { get; init; }

    public TrainingEnd? End { get; init; }
}
