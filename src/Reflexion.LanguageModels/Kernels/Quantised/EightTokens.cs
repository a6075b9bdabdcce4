using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Eight tokens at once, one vector of rows.</summary>
internal static unsafe class EightTokens<TInt, TFloat, TLanes, TPairs>
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
    /// <param name="tokens">The activations of eight tokens.</param>
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
        TFloat t4 = TLanes.Load(totals + (4 * 16));
        TFloat t5 = TLanes.Load(totals + (5 * 16));
        TFloat t6 = TLanes.Load(totals + (6 * 16));
        TFloat t7 = TLanes.Load(totals + (7 * 16));
        for (int group = panel->Groups; group > 0; group--)
        {
            TInt s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
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
                s4 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[4]), s4);
                s5 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[5]), s5);
                s6 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[6]), s6);
                s7 = TLanes.MultiplyAdd(w0, TLanes.Broadcast(pairs[7]), s7);
                TInt w1 = TPairs.Load<TInt, TFloat, TLanes>(weights, 1, table);
                s0 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[8]), s0);
                s1 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[9]), s1);
                s2 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[10]), s2);
                s3 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[11]), s3);
                s4 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[12]), s4);
                s5 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[13]), s5);
                s6 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[14]), s6);
                s7 = TLanes.MultiplyAdd(w1, TLanes.Broadcast(pairs[15]), s7);
                TInt w2 = TPairs.Load<TInt, TFloat, TLanes>(weights, 2, table);
                s0 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[16]), s0);
                s1 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[17]), s1);
                s2 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[18]), s2);
                s3 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[19]), s3);
                s4 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[20]), s4);
                s5 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[21]), s5);
                s6 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[22]), s6);
                s7 = TLanes.MultiplyAdd(w2, TLanes.Broadcast(pairs[23]), s7);
                TInt w3 = TPairs.Load<TInt, TFloat, TLanes>(weights, 3, table);
                s0 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[24]), s0);
                s1 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[25]), s1);
                s2 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[26]), s2);
                s3 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[27]), s3);
                s4 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[28]), s4);
                s5 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[29]), s5);
                s6 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[30]), s6);
                s7 = TLanes.MultiplyAdd(w3, TLanes.Broadcast(pairs[31]), s7);
                weights += TPairs.FourPairs;
                pairs += 32;
            }

            TFloat scale = TLanes.Load(scales);
            t0 = TLanes.AddScaled(s0, scale, tokenScales[0], t0);
            t1 = TLanes.AddScaled(s1, scale, tokenScales[1], t1);
            t2 = TLanes.AddScaled(s2, scale, tokenScales[2], t2);
            t3 = TLanes.AddScaled(s3, scale, tokenScales[3], t3);
            t4 = TLanes.AddScaled(s4, scale, tokenScales[4], t4);
            t5 = TLanes.AddScaled(s5, scale, tokenScales[5], t5);
            t6 = TLanes.AddScaled(s6, scale, tokenScales[6], t6);
            t7 = TLanes.AddScaled(s7, scale, tokenScales[7], t7);
            if (offsets != null)
            {
                TFloat offset = TLanes.Load(offsets);
                t0 = TLanes.AddProduct(offset, tokenSums[0], t0);
                t1 = TLanes.AddProduct(offset, tokenSums[1], t1);
                t2 = TLanes.AddProduct(offset, tokenSums[2], t2);
                t3 = TLanes.AddProduct(offset, tokenSums[3], t3);
                t4 = TLanes.AddProduct(offset, tokenSums[4], t4);
                t5 = TLanes.AddProduct(offset, tokenSums[5], t5);
                t6 = TLanes.AddProduct(offset, tokenSums[6], t6);
                t7 = TLanes.AddProduct(offset, tokenSums[7], t7);
                offsets += 16;
            }

            scales += 16;
            tokenScales += 8;
            tokenSums += 8;
        }

        TLanes.Store(t0, totals);
        TLanes.Store(t1, totals + 16);
        TLanes.Store(t2, totals + (2 * 16));
        TLanes.Store(t3, totals + (3 * 16));
        TLanes.Store(t4, totals + (4 * 16));
        TLanes.Store(t5, totals + (5 * 16));
        TLanes.Store(t6, totals + (6 * 16));
        TLanes.Store(t7, totals + (7 * 16));
    }
}
