namespace Reflexion.LanguageModels;

/// <summary>eʳ for |r| ≤ ½·ln 2, and what reduces other powers to that: x = n·ln 2 + r.</summary>
internal static class ExpSeries
{
    public const float Log2E = 1.44269504f;

    // ln 2 in two parts; the first has so few bits that n times it is exact.
    public const float Ln2High = 0.693359375f;
    public const float Ln2Low = -2.12194440e-4f;

    /// <summary>Taylor's series to the seventh power: the next term is below 2⁻²⁶ of the result.</summary>
    public static TVector Evaluate<TVector, TSimd>(TVector r)
        where TVector : struct
        where TSimd : ISimd<TVector, float>
    {
        TVector sum = TSimd.Broadcast(1f / 5_040);
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f / 720));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f / 120));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f / 24));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f / 6));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(0.5f));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f));
        return TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1f));
    }
}
