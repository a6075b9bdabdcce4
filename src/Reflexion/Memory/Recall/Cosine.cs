namespace Reflexion;

/// <summary>The cosine of the angle between two embeddings.</summary>
internal static class Cosine
{
    /// <summary>The cosine, in [−1,1]; 0 where the vectors have different lengths or one of them has no direction.</summary>
    public static double Of(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        if (one.Length != other.Length)
        {
            return 0;
        }

        double dot = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.Length; i++)
        {
            dot += (double)one[i] * other[i];
            oneSquared += (double)one[i] * one[i];
            otherSquared += (double)other[i] * other[i];
        }

        double product = Math.Sqrt(oneSquared) * Math.Sqrt(otherSquared);
        return product > 0 ? dot / product : 0;
    }
}
