namespace Reflexion.Retroformer;

/// <summary>What a policy loss was computed from. Sums of reports describe a batch that was computed in parts; the default is nothing yet.</summary>
public readonly record struct PolicyLossReport
{
    /// <summary>The loss, scale included. Of a policy gradient only its derivative means something.</summary>
    public double Loss { get; init; }

    /// <summary>Tokens.</summary>
    public int Tokens { get; init; }

    /// <summary>Tokens whose gradient was cut: clipped away, or of a weight that was truncated.</summary>
    public int ClippedTokens { get; init; }

    /// <summary>Σ π/π_sampled over tokens.</summary>
    public double TotalRatio { get; init; }

    /// <summary>Σ of the k3 estimates of KL(π_sampled‖π) over tokens, in nats.</summary>
    public double TotalDivergence { get; init; }

    /// <summary>Σ w over tokens, where w is what A·∇ln π was multiplied with.</summary>
    public double TotalWeight { get; init; }

    /// <summary>Σ w² over tokens.</summary>
    public double TotalSquaredWeight { get; init; }

    /// <summary>The share of tokens whose gradient was cut, in [0, 1]; 0 on the first step after sampling, and of no tokens.</summary>
    public double ClipFraction => PerToken(ClippedTokens);

    /// <summary>Mean of π/π_sampled; 1 on the first step after sampling, 0 of no tokens.</summary>
    public double MeanRatio => PerToken(TotalRatio);

    /// <summary>How far the policy has moved since sampling: mean KL(π_sampled‖π) of a token in nats, by k3. 0 on the first step after sampling, and of no tokens.</summary>
    public double MeanDivergence => PerToken(TotalDivergence);

    /// <summary>Mean weight; 1 on the first step after sampling, 0 of no tokens.</summary>
    public double MeanWeight => PerToken(TotalWeight);

    /// <summary>How many evenly weighted tokens would tell as much, as a share of all: (Σw)²/(n Σw²) (Kish 1965). In [0, 1]; 0 where all weights are.</summary>
    public double EffectiveShare => TotalSquaredWeight == 0 ? 0 : TotalWeight * TotalWeight / (Tokens * TotalSquaredWeight);

    /// <summary>Both together.</summary>
    public static PolicyLossReport operator +(PolicyLossReport left, PolicyLossReport right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static PolicyLossReport Add(PolicyLossReport left, PolicyLossReport right) => new()
    {
        Loss = left.Loss + right.Loss,
        Tokens = left.Tokens + right.Tokens,
        ClippedTokens = left.ClippedTokens + right.ClippedTokens,
        TotalRatio = left.TotalRatio + right.TotalRatio,
        TotalDivergence = left.TotalDivergence + right.TotalDivergence,
        TotalWeight = left.TotalWeight + right.TotalWeight,
        TotalSquaredWeight = left.TotalSquaredWeight + right.TotalSquaredWeight,
    };

    internal static PolicyLossReport OfToken(double loss, double logRatio, double weight, bool isClipped) => new()
    {
        Loss = loss,
        Tokens = 1,
        ClippedTokens = isClipped ? 1 : 0,
        TotalRatio = Math.Exp(logRatio),
        TotalDivergence = LogRatio.K3(logRatio),
        TotalWeight = weight,
        TotalSquaredWeight = weight * weight,
    };

    private double PerToken(double total) => Tokens == 0 ? 0 : total / Tokens;
}
