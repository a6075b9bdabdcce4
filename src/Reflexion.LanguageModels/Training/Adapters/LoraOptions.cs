namespace Reflexion.LanguageModels;

/// <summary>The shape of an adapter: each target matrix W acts as W + scale · B·A, and only A and B are trained (LoRA; Hu et al. 2021).</summary>
public sealed record LoraOptions
{
    /// <summary>Rows of A and columns of B, at least 1. Default: 16.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>The numerator of the scale, above 0. Default: 32.</summary>
    public double Alpha { get; init; } = 32;

    /// <summary>The share in [0,1) of A's inputs set to zero while training; the rest is scaled up to the same mean. Default: 0.</summary>
    /// <remarks>Matrices that read the same input (q, k and v; gate and up) share one mask.</remarks>
    public double Dropout { get; init; }

    /// <summary>The matrices changed. Default: all seven of every layer.</summary>
    public LoraTargets Targets { get; init; } = LoraTargets.All;

    /// <summary>Whether the scale is alpha / √rank (rsLoRA; Kalajdzievski 2023) rather than alpha / rank. Default: false.</summary>
    public bool IsRankStabilized { get; init; }

    /// <summary>Whether a value head, a linear map from the final hidden state to one number, is trained with the adapter. Default: false.</summary>
    public bool HasValueHead { get; init; }

    /// <summary>What B·A is multiplied with.</summary>
    public double Scale => Alpha / (IsRankStabilized ? Math.Sqrt(Rank) : Rank);

    internal bool Has(Projection projection) => (Targets & (LoraTargets)(1 << (int)projection)) != 0;

    /// <summary>How many of the matrices that read one input are targets.</summary>
    internal int TargetsIn(ProjectionGroup group)
    {
        int count = 0;
        foreach (Projection member in group.Members)
        {
            count += Has(member) ? 1 : 0;
        }

        return count;
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rank, 1);
        if (!(double.IsFinite(Alpha) && Alpha > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Alpha), Alpha, "An adapter's alpha is a finite number above 0.");
        }

        if (Dropout is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "The share of inputs dropped lies in [0,1).");
        }

        if (Targets == LoraTargets.None || (Targets & ~LoraTargets.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Targets), Targets, "An adapter changes one or more of the seven matrices of a layer.");
        }
    }
}
