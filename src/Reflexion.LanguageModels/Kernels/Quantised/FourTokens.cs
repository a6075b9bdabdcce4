using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Four tokens at once, one vector of rows.</summary>
internal static unsafe class FourTokens<TInt, TFloat, TLanes, TPairs>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
    where TPairs : IPairFormat
{
    // Weights come from memory once, in order; asking early hides where pages end.
    private const int Ahead = 4_096;

    /// <summary>Adds products to totals.</summary>
    /// <param name="panel">The weights.</param>
    /// <param name="row">The first row of the vector in the panel.</param>
    /// <param name="tokens">The activations of four tokens.</param>
    /// <param name="totals">Sixteen numbers for each token.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PairPanel* panel, int row, PairTokens tokens, float* totals)
    {
        TInt table = TLanes.LoadTable(panel->Table);
        byte* weights = panel->Numbers + (row * TPairs.RowBytes);
        float* scales = panel->Scales + row;
        float* offsets = panel->Offsets == null ? null : panel->Offsets + row;
        int* pairs = tokens.Pairs;
        float* tokenScales = tokens.Scales;
        float* tokenSums = tokens.Sums;
        totals += row;
        int fours = panel->Fours;
        TFloat t0 = TLanes.Load(totals);
        TFloat t1 = TLanes.Load(totals + 16);
        TFloat t2 = TLanes.Load(totals + (2 * 16));
        TFloat t3 = TLanes.Load(totals + (3 * 16));
        for (int group = panel->Groups; group > 0; group--)
        {
            TInt s0 = default, s1 = default, s2 = default, s3 = default;
            for (int four = fours; four > 0; four--)
            {
                TLanes.Prefetch(weights + Ahead);
                if (TPairs.FourPairs > 64)
                {
                    TLanes.Prefetch(weights + Ahead + 64);
                }

                TInt w0 = TPairs.Load<TInt, TFloat, TLanes>(weights, 0, table);
                s0 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[0]), s0);
                s1 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[1]), s1);
                s2 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[2]), s2);
                s3 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[3]), s3);
                TInt w1 = TPairs.Load<TInt, TFloat, TLanes>(weights, 1, table);
                s0 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[4]), s0);
                s1 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[5]), s1);
                s2 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[6]), s2);
                s3 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[7]), s3);
                TInt w2 = TPairs.Load<TInt, TFloat, TLanes>(weights, 2, table);
                s0 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[8]), s0);
                s1 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[9]), s1);
                s2 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[10]), s2);
                s3 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[11]), s3);
                TInt w3 = TPairs.Load<TInt, TFloat, TLanes>(weights, 3, table);
                s0 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[12]), s0);
                s1 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[13]), s1);
                s2 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[14]), s2);
                s3 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[15]), s3);
                weights += TPairs.FourPairs;
                pairs += 16;
            }

            TFloat scale = TLanes.Load(scales);
            t0 = TLanes.AddScaled(s0, scale, tokenScales[0], t0);
            t1 = TLanes.AddScaled(s1, scale, tokenScales[1], t1);
            t2 = TLanes.AddScaled(s2, scale, tokenScales[2], t2);
            t3 = TLanes.AddScaled(s3, scale, tokenScales[3], t3);
            if (offsets != null)
            {
                TFloat offset = TLanes.Load(offsets);
                t0 = TLanes.AddProduct(offset, tokenSums[0], t0);
                t1 = TLanes.AddProduct(offset, tokenSums[1], t1);
                t2 = TLanes.AddProduct(offset, tokenSums[2], t2);
                t3 = TLanes.AddProduct(offset, tokenSums[3], t3);
                offsets += 16;
            }

            scales += 16;
            tokenScales += 4;
            tokenSums += 4;
        }

        TLanes.Store(t0, totals);
        TLanes.Store(t1, totals + 16);
        TLanes.Store(t2, totals + (2 * 16));
        TLanes.Store(t3, totals + (3 * 16));
    }
}
