namespace Reflexion.Retroformer;

/// <summary>How well a value head foresaw returns. Sums of reports describe a batch that was computed in parts; the default is nothing yet.</summary>
public readonly record struct ValueLossReport
{
    /// <summary>The loss, coefficient and scale included.</summary>
    public double Loss { get; init; }

    /// <summary>Tokens.</summary>
    public int Tokens { get; init; }

    /// <summary>Tokens whose value had moved far enough, so that they have no gradient.</summary>
    public int ClippedTokens { get; init; }

    /// <summary>Σ (V − R).</summary>
    public double TotalError { get; init; }

    /// <summary>Σ (V − R)².</summary>
    public double TotalSquaredError { get; init; }

    /// <summary>Σ R.</summary>
    public double TotalReturn { get; init; }

    /// <summary>Σ R².</summary>
    public double TotalSquaredReturn { get; init; }

    /// <summary>The mean of (V − R)²; 0 of no tokens.</summary>
    public double MeanSquaredError => Tokens == 0 ? 0 : TotalSquaredError / Tokens;

    /// <summary>The share of clipped tokens, in [0, 1]; 0 of no tokens.</summary>
    public double ClipFraction => Tokens == 0 ? 0 : (double)ClippedTokens / Tokens;

    /// <summary>
    /// 1 − Var(V − R)/Var(R): 1 of a perfect value head, 0 of one that says always the same, below 0 of a misleading one; 0 also where all returns are equal.
    /// </summary>
    public double ExplainedVariance
    {
        get
        {
            double returns = Spread(TotalReturn, TotalSquaredReturn);
            return returns > 1e-12 * TotalSquaredReturn ? 1 - (Spread(TotalError, TotalSquaredError) / returns) : 0;
        }
    }

    /// <summary>Both together.</summary>
    public static ValueLossReport operator +(ValueLossReport left, ValueLossReport right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static ValueLossReport Add(ValueLossReport left, ValueLossReport right) => new()
    {
        Loss = left.Loss + right.Loss,
        Tokens = left.Tokens + right.Tokens,
        ClippedTokens = left.ClippedTokens + right.ClippedTokens,
        TotalError = left.TotalError + right.TotalError,
        TotalSquaredError = left.TotalSquaredError + right.TotalSquaredError,
        TotalReturn = left.TotalReturn + right.TotalReturn,
        TotalSquaredReturn = left.TotalSquaredReturn + right.TotalSquaredReturn,
    };

    internal static ValueLossReport OfToken(double loss, double error, double expected, bool isClipped) => new()
    {
        Loss = loss,
        Tokens = 1,
        ClippedTokens = isClipped ? 1 : 0,
        TotalError = error,
        TotalSquaredError = error * error,
        TotalReturn = expected,
        TotalSquaredReturn = expected * expected,
    };

    private double Spread(double total, double squares) => Tokens == 0 ? 0 : squares - (total * total / Tokens);
}
