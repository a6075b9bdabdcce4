using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Adjusts p-values for having looked at several of them.</summary>
public static class HolmAdjustment
{
    /// <summary>
    /// The step-down procedure of Holm (1979, Scandinavian Journal of Statistics 6, 65–70): an adjusted value of at most α means a
    /// difference, and the chance of even one false one among all is at most α, however the tests depend on each other.
    /// </summary>
    /// <param name="values">The p-values, each in [0,1]; none gives none.</param>
    /// <returns>The adjusted values, in the order given.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not in [0,1].</exception>
    public static ImmutableArray<double> Adjust(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] given = [.. values];
        double[] adjusted = new double[given.Length];
        double floor = 0;
        int left = given.Length;
        foreach (int at in Enumerable.Range(0, given.Length).OrderBy(i => given[i]))
        {
            if (given[at] is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(values), given[at], "A p-value lies in [0,1].");
            }

            floor = Math.Max(floor, Math.Min(1, left-- * given[at]));
            adjusted[at] = floor;
        }

        return [.. adjusted];
    }
}
