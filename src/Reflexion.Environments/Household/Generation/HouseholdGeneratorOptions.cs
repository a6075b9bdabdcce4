using System.Collections.Frozen;

namespace Reflexion.Environments;

/// <summary>Which worlds a <see cref="HouseholdGenerator"/> makes.</summary>
public sealed record HouseholdGeneratorOptions
{
    /// <summary>The part of the worlds to draw from. Default <see cref="HouseholdSplit.Train"/>.</summary>
    public HouseholdSplit Split { get; init; }

    /// <summary>
    /// How often each kind of task comes, in proportion to the others; a kind that is missing does not come. Default: as in the 134 games that
    /// both papers evaluate on (24 placed, 18 looked at, 31 cleaned, 23 heated, 21 cooled, 17 two at a time). From 0 to 1,000,000 each, and at least
    /// one above 0.
    /// </summary>
    public IReadOnlyDictionary<HouseholdTaskKind, int> Weights { get; init; } = DefaultWeights;

    private static FrozenDictionary<HouseholdTaskKind, int> DefaultWeights { get; } = new Dictionary<HouseholdTaskKind, int>
    {
        [HouseholdTaskKind.PickAndPlace] = 24,
        [HouseholdTaskKind.LookInLight] = 18,
        [HouseholdTaskKind.CleanAndPlace] = 31,
        [HouseholdTaskKind.HeatAndPlace] = 23,
        [HouseholdTaskKind.CoolAndPlace] = 21,
        [HouseholdTaskKind.PickTwoAndPlace] = 17,
    }.ToFrozenDictionary();

    internal void Validate()
    {
        const int MaxWeight = 1_000_000;
        if (!Enum.IsDefined(Split))
        {
            throw new ArgumentOutOfRangeException(nameof(Split), Split, "This is no part of the generated worlds.");
        }

        ArgumentNullException.ThrowIfNull(Weights);
        foreach ((HouseholdTaskKind kind, int weight) in Weights)
        {
            if (!Enum.IsDefined(kind) || weight is < 0 or > MaxWeight)
            {
                throw new ArgumentOutOfRangeException(nameof(Weights), weight, $"The weight of {kind} must be that of a kind of task, from 0 to {MaxWeight}.");
            }
        }

        if (Weights.Values.All(weight => weight == 0))
        {
            throw new ArgumentException("No kind of task has a weight above 0, so there is nothing to generate.", nameof(Weights));
        }
    }
}
