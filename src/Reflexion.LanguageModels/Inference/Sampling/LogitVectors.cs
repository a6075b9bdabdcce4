using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Passes over the logits of a whole vocabulary.</summary>
internal static class LogitVectors
{
    // Sums of this many numbers are kept in single precision, sums of those in double precision.
    private const int Block = 1_024;

    /// <summary>The largest number; NaN if one is among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest(ReadOnlySpan<float> logits)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        var largest = new Vector<float>(float.NegativeInfinity);
        foreach (Vector<float> vector in vectors)
        {
            largest = Vector.Max(largest, vector);
        }

        float most = float.NegativeInfinity;
        for (int i = 0; i < Vector<float>.Count; i++)
        {
            most = MathF.Max(most, largest[i]);
        }

        foreach (float logit in logits[(vectors.Length * Vector<float>.Count)..])
        {
            most = MathF.Max(most, logit);
        }

        return most;
    }

    /// <summary>to = exp((x − most) · scale); returns the sum.</summary>
    public static double Exponentials(ReadOnlySpan<float> x, float most, float scale, Span<float> to)
    {
        double sum = 0;
        for (int start = 0; start < x.Length; start += Block)
        {
            int count = Math.Min(Block, x.Length - start);
            sum += BlockExponentials(x.Slice(start, count), most, scale, to.Slice(start, count));
        }

        return sum;
    }

    /// <summary>ln of softmax(logits)[token].</summary>
    public static double LogProb(ReadOnlySpan<float> logits, int token, Span<float> scratch)
    {
        float most = Largest(logits);
        return (double)logits[token] - most - Math.Log(Exponentials(logits, most, 1, scratch));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float BlockExponentials(ReadOnlySpan<float> x, float most, float scale, Span<float> to)
    {
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(to);
        var shift = new Vector<float>(most);
        Vector<float> sums = default;
        for (int i = 0; i < from.Length; i++)
        {
            vectors[i] = Vector.Exp((from[i] - shift) * scale);
            sums += vectors[i];
        }

        float sum = Vector.Sum(sums);
        for (int i = from.Length * Vector<float>.Count; i < x.Length; i++)
        {
            to[i] = MathF.Exp((x[i] - most) * scale);
            sum += to[i];
        }

        return sum;
    }
}
