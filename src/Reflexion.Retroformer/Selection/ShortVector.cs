namespace Reflexion.Retroformer;

/// <summary>Arithmetic of short vectors in one order of summing, so that every platform gets the same to the last bit.</summary>
internal static class ShortVector
{
    internal static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    /// <summary>Adds <paramref name="scale"/> times a vector to another one.</summary>
    internal static void Add(Span<double> sums, double scale, ReadOnlySpan<double> vector)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += scale * vector[i];
        }
    }
}
