using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Six tokens and two panels at once: twelve sums and twelve totals, for machines with 32 vector registers that hold a panel each.</summary>
internal static unsafe class SixTokens<TInt, TFloat, TLanes>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
{
    /// <summary>Adds products to totals.</summary>
    /// <param name="panels">Two panels of <see cref="WordPairs"/>.</param>
    /// <param name="tokens">The activations of six tokens.</param>
    /// <param name="totals">Thirty-two numbers for each token.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PairPanel* panels, PairTokens tokens, float* totals)
    {
        var left = (short*)panels[0].Numbers;
        var right = (short*)panels[1].Numbers;
        float* leftScales = panels[0].Scales;
        float* rightScales = panels[1].Scales;
        float* leftOffsets = panels[0].Offsets;
        float* rightOffsets = panels[1].Offsets;
        int* pairs = tokens.Pairs;
        float* tokenScales = tokens.Scales;
        float* tokenSums = tokens.Sums;
        int fours = panels[0].Fours;
        TFloat l0 = TLanes.Load(totals);
        TFloat r0 = TLanes.Load(totals + 16);
        TFloat l1 = TLanes.Load(totals + 32);
        TFloat r1 = TLanes.Load(totals + 48);
        TFloat l2 = TLanes.Load(totals + (2 * 32));
        TFloat r2 = TLanes.Load(totals + (2 * 32) + 16);
        TFloat l3 = TLanes.Load(totals + (3 * 32));
        TFloat r3 = TLanes.Load(totals + (3 * 32) + 16);
        TFloat l4 = TLanes.Load(totals + (4 * 32));
        TFloat r4 = TLanes.Load(totals + (4 * 32) + 16);
        TFloat l5 = TLanes.Load(totals + (5 * 32));
        TFloat r5 = TLanes.Load(totals + (5 * 32) + 16);
        for (int group = panels[0].Groups; group > 0; group--)
        {
            TInt p0 = default, q0 = default;
            TInt p1 = default, q1 = default;
            TInt p2 = default, q2 = default;
            TInt p3 = default, q3 = default;
            TInt p4 = default, q4 = default;
            TInt p5 = default, q5 = default;
            for (int pair = 2 * fours; pair > 0; pair--)
            {
                TInt x0 = TLanes.LoadWords(left);
                TInt y0 = TLanes.LoadWords(right);
                TInt a0 = TLanes.Broadcast(pairs[0]);
                p0 = TLanes.MultiplyAdd(x0, a0, p0);
                q0 = TLanes.MultiplyAdd(y0, a0, q0);
                TInt a1 = TLanes.Broadcast(pairs[1]);
                p1 = TLanes.MultiplyAdd(x0, a1, p1);
                q1 = TLanes.MultiplyAdd(y0, a1, q1);
                TInt a2 = TLanes.Broadcast(pairs[2]);
                p2 = TLanes.MultiplyAdd(x0, a2, p2);
                q2 = TLanes.MultiplyAdd(y0, a2, q2);
                TInt a3 = TLanes.Broadcast(pairs[3]);
                p3 = TLanes.MultiplyAdd(x0, a3, p3);
                q3 = TLanes.MultiplyAdd(y0, a3, q3);
                TInt a4 = TLanes.Broadcast(pairs[4]);
                p4 = TLanes.MultiplyAdd(x0, a4, p4);
                q4 = TLanes.MultiplyAdd(y0, a4, q4);
                TInt a5 = TLanes.Broadcast(pairs[5]);
                p5 = TLanes.MultiplyAdd(x0, a5, p5);
                q5 = TLanes.MultiplyAdd(y0, a5, q5);
                TInt x1 = TLanes.LoadWords(left + 32);
                TInt y1 = TLanes.LoadWords(right + 32);
                TInt a6 = TLanes.Broadcast(pairs[6]);
                p0 = TLanes.MultiplyAdd(x1, a6, p0);
                q0 = TLanes.MultiplyAdd(y1, a6, q0);
                TInt a7 = TLanes.Broadcast(pairs[7]);
                p1 = TLanes.MultiplyAdd(x1, a7, p1);
                q1 = TLanes.MultiplyAdd(y1, a7, q1);
                TInt a8 = TLanes.Broadcast(pairs[8]);
                p2 = TLanes.MultiplyAdd(x1, a8, p2);
                q2 = TLanes.MultiplyAdd(y1, a8, q2);
                TInt a9 = TLanes.Broadcast(pairs[9]);
                p3 = TLanes.MultiplyAdd(x1, a9, p3);
                q3 = TLanes.MultiplyAdd(y1, a9, q3);
                TInt a10 = TLanes.Broadcast(pairs[10]);
                p4 = TLanes.MultiplyAdd(x1, a10, p4);
                q4 = TLanes.MultiplyAdd(y1, a10, q4);
                TInt a11 = TLanes.Broadcast(pairs[11]);
                p5 = TLanes.MultiplyAdd(x1, a11, p5);
                q5 = TLanes.MultiplyAdd(y1, a11, q5);
                left += 64;
                right += 64;
                pairs += 12;
            }

            TFloat leftScale = TLanes.Load(leftScales);
            TFloat rightScale = TLanes.Load(rightScales);
            l0 = TLanes.AddScaled(p0, leftScale, tokenScales[0], l0);
            r0 = TLanes.AddScaled(q0, rightScale, tokenScales[0], r0);
            l1 = TLanes.AddScaled(p1, leftScale, tokenScales[1], l1);
            r1 = TLanes.AddScaled(q1, rightScale, tokenScales[1], r1);
            l2 = TLanes.AddScaled(p2, leftScale, tokenScales[2], l2);
            r2 = TLanes.AddScaled(q2, rightScale, tokenScales[2], r2);
            l3 = TLanes.AddScaled(p3, leftScale, tokenScales[3], l3);
            r3 = TLanes.AddScaled(q3, rightScale, tokenScales[3], r3);
            l4 = TLanes.AddScaled(p4, leftScale, tokenScales[4], l4);
            r4 = TLanes.AddScaled(q4, rightScale, tokenScales[4], r4);
            l5 = TLanes.AddScaled(p5, leftScale, tokenScales[5], l5);
            r5 = TLanes.AddScaled(q5, rightScale, tokenScales[5], r5);
            if (leftOffsets != null)
            {
                TFloat leftOffset = TLanes.Load(leftOffsets);
                TFloat rightOffset = TLanes.Load(rightOffsets);
                l0 = TLanes.AddProduct(leftOffset, tokenSums[0], l0);
                r0 = TLanes.AddProduct(rightOffset, tokenSums[0], r0);
                l1 = TLanes.AddProduct(leftOffset, tokenSums[1], l1);
                r1 = TLanes.AddProduct(rightOffset, tokenSums[1], r1);
                l2 = TLanes.AddProduct(leftOffset, tokenSums[2], l2);
                r2 = TLanes.AddProduct(rightOffset, tokenSums[2], r2);
                l3 = TLanes.AddProduct(leftOffset, tokenSums[3], l3);
                r3 = TLanes.AddProduct(rightOffset, tokenSums[3], r3);
                l4 = TLanes.AddProduct(leftOffset, tokenSums[4], l4);
                r4 = TLanes.AddProduct(rightOffset, tokenSums[4], r4);
                l5 = TLanes.AddProduct(leftOffset, tokenSums[5], l5);
                r5 = TLanes.AddProduct(rightOffset, tokenSums[5], r5);
                leftOffsets += 16;
                rightOffsets += 16;
            }

            leftScales += 16;
            rightScales += 16;
            tokenScales += 6;
            tokenSums += 6;
        }

        TLanes.Store(l0, totals);
        TLanes.Store(r0, totals + 16);
        TLanes.Store(l1, totals + 32);
        TLanes.Store(r1, totals + 48);
        TLanes.Store(l2, totals + (2 * 32));
        TLanes.Store(r2, totals + (2 * 32) + 16);
        TLanes.Store(l3, totals + (3 * 32));
        TLanes.Store(r3, totals + (3 * 32) + 16);
        TLanes.Store(l4, totals + (4 * 32));
        TLanes.Store(r4, totals + (4 * 32) + 16);
        TLanes.Store(l5, totals + (5 * 32));
        TLanes.Store(r5, totals + (5 * 32) + 16);
    }
}
