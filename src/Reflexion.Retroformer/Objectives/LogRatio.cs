namespace Reflexion.Retroformer;

/// <summary>ln(p/q) of a token under two policies.</summary>
internal static class LogRatio
{
    /// <summary>Ratios are taken as at most e^40 and at least e^−40, so that squares of gradients stay finite in single precision.</summary>
    public const double Most = 40;

    public static double Of(float logProb, float other) => Math.Clamp((double)logProb - other, -Most, Most);

    /// <summary>The k3 estimate of KL(q‖p) from a sample of q: e^d − d − 1 with d = ln(p/q). Never below zero.</summary>
    public static double K3(double logRatio) => Math.Exp(logRatio) - logRatio - 1;
}
