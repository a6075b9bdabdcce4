namespace Reflexion;

/// <summary>Where the ends of a BCa interval lie among the sorted samples (Efron 1987, equations 2.3 and 6.6).</summary>
internal readonly record struct BcaCorrection(double Bias, double Acceleration)
{
    internal static BcaCorrection Of(double value, double[] samples, double[] jackknife)
    {
        double below = samples.Count(sample => sample < value) + samples.Count(sample => sample == value) / 2.0;
        double bias = NormalDistribution.Quantile(below / samples.Length);
        double mean = jackknife.Average();
        double squares = jackknife.Sum(each => (mean - each) * (mean - each));
        double cubes = jackknife.Sum(each => (mean - each) * (mean - each) * (mean - each));
        double acceleration = cubes / (6 * Math.Pow(squares, 1.5));
        return double.IsFinite(bias) && double.IsFinite(acceleration) ? new(bias, acceleration) : default;
    }

    /// <summary>The share of samples below the end that leaves <paramref name="tail"/> below it.</summary>
    internal double Apply(double tail)
    {
        double z = Bias + NormalDistribution.Quantile(tail);
        double stretch = 1 - Acceleration * z;
        return stretch > 0 ? NormalDistribution.Cdf(Bias + z / stretch) : tail;
    }
}
