using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Twelve rows of two vectors: 24 accumulators, for machines with 32 vector registers.</summary>
internal static unsafe class TwelveRows<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged
    where TSimd : ISimd<TVector, T>
{
    /// <summary>See <see cref="ITile{T}.Multiply"/>; A holds <paramref name="width"/> numbers for each k, of which the first twelve are used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(TilePanel<T>* panel, T* a, int width, T* c, nint stride, bool accumulate)
    {
        T* b = panel->B;
        nint step = panel->Step;
        T* ahead = panel->Ahead;
        nint aheadStep = panel->AheadStep;
        TVector l0 = default, r0 = default;
        TVector l1 = default, r1 = default;
        TVector l2 = default, r2 = default;
        TVector l3 = default, r3 = default;
        TVector l4 = default, r4 = default;
        TVector l5 = default, r5 = default;
        TVector l6 = default, r6 = default;
        TVector l7 = default, r7 = default;
        TVector l8 = default, r8 = default;
        TVector l9 = default, r9 = default;
        TVector l10 = default, r10 = default;
        TVector l11 = default, r11 = default;
        for (int k = panel->Depth; k > 0; k--)
        {
            TSimd.Prefetch(ahead);
            ahead += aheadStep;
            TVector left = TSimd.Load(b);
            TVector right = TSimd.Load(b + TSimd.Width);
            TVector a0 = TSimd.Broadcast(a[0]);
            l0 = TSimd.MultiplyAdd(a0, left, l0);
            r0 = TSimd.MultiplyAdd(a0, right, r0);
            TVector a1 = TSimd.Broadcast(a[1]);
            l1 = TSimd.MultiplyAdd(a1, left, l1);
            r1 = TSimd.MultiplyAdd(a1, right, r1);
            TVector a2 = TSimd.Broadcast(a[2]);
            l2 = TSimd.MultiplyAdd(a2, left, l2);
            r2 = TSimd.MultiplyAdd(a2, right, r2);
            TVector a3 = TSimd.Broadcast(a[3]);
            l3 = TSimd.MultiplyAdd(a3, left, l3);
            r3 = TSimd.MultiplyAdd(a3, right, r3);
            TVector a4 = TSimd.Broadcast(a[4]);
            l4 = TSimd.MultiplyAdd(a4, left, l4);
            r4 = TSimd.MultiplyAdd(a4, right, r4);
            TVector a5 = TSimd.Broadcast(a[5]);
            l5 = TSimd.MultiplyAdd(a5, left, l5);
            r5 = TSimd.MultiplyAdd(a5, right, r5);
            TVector a6 = TSimd.Broadcast(a[6]);
            l6 = TSimd.MultiplyAdd(a6, left, l6);
            r6 = TSimd.MultiplyAdd(a6, right, r6);
            TVector a7 = TSimd.Broadcast(a[7]);
            l7 = TSimd.MultiplyAdd(a7, left, l7);
            r7 = TSimd.MultiplyAdd(a7, right, r7);
            TVector a8 = TSimd.Broadcast(a[8]);
            l8 = TSimd.MultiplyAdd(a8, left, l8);
            r8 = TSimd.MultiplyAdd(a8, right, r8);
            TVector a9 = TSimd.Broadcast(a[9]);
            l9 = TSimd.MultiplyAdd(a9, left, l9);
            r9 = TSimd.MultiplyAdd(a9, right, r9);
            TVector a10 = TSimd.Broadcast(a[10]);
            l10 = TSimd.MultiplyAdd(a10, left, l10);
            r10 = TSimd.MultiplyAdd(a10, right, r10);
            TVector a11 = TSimd.Broadcast(a[11]);
            l11 = TSimd.MultiplyAdd(a11, left, l11);
            r11 = TSimd.MultiplyAdd(a11, right, r11);
            a += width;
            b += step;
        }

        if (accumulate)
        {
            T* old = c;
            l0 = TSimd.Add(l0, TSimd.Load(old));
            r0 = TSimd.Add(r0, TSimd.Load(old + TSimd.Width));
            old += stride;
            l1 = TSimd.Add(l1, TSimd.Load(old));
            r1 = TSimd.Add(r1, TSimd.Load(old + TSimd.Width));
            old += stride;
            l2 = TSimd.Add(l2, TSimd.Load(old));
            r2 = TSimd.Add(r2, TSimd.Load(old + TSimd.Width));
            old += stride;
            l3 = TSimd.Add(l3, TSimd.Load(old));
            r3 = TSimd.Add(r3, TSimd.Load(old + TSimd.Width));
            old += stride;
            l4 = TSimd.Add(l4, TSimd.Load(old));
            r4 = TSimd.Add(r4, TSimd.Load(old + TSimd.Width));
            old += stride;
            l5 = TSimd.Add(l5, TSimd.Load(old));
            r5 = TSimd.Add(r5, TSimd.Load(old + TSimd.Width));
            old += stride;
            l6 = TSimd.Add(l6, TSimd.Load(old));
            r6 = TSimd.Add(r6, TSimd.Load(old + TSimd.Width));
            old += stride;
            l7 = TSimd.Add(l7, TSimd.Load(old));
            r7 = TSimd.Add(r7, TSimd.Load(old + TSimd.Width));
            old += stride;
            l8 = TSimd.Add(l8, TSimd.Load(old));
            r8 = TSimd.Add(r8, TSimd.Load(old + TSimd.Width));
            old += stride;
            l9 = TSimd.Add(l9, TSimd.Load(old));
            r9 = TSimd.Add(r9, TSimd.Load(old + TSimd.Width));
            old += stride;
            l10 = TSimd.Add(l10, TSimd.Load(old));
            r10 = TSimd.Add(r10, TSimd.Load(old + TSimd.Width));
            old += stride;
            l11 = TSimd.Add(l11, TSimd.Load(old));
            r11 = TSimd.Add(r11, TSimd.Load(old + TSimd.Width));
        }

        TSimd.Store(l0, c);
        TSimd.Store(r0, c + TSimd.Width);
        c += stride;
        TSimd.Store(l1, c);
        TSimd.Store(r1, c + TSimd.Width);
        c += stride;
        TSimd.Store(l2, c);
        TSimd.Store(r2, c + TSimd.Width);
        c += stride;
        TSimd.Store(l3, c);
        TSimd.Store(r3, c + TSimd.Width);
        c += stride;
        TSimd.Store(l4, c);
        TSimd.Store(r4, c + TSimd.Width);
        c += stride;
        TSimd.Store(l5, c);
        TSimd.Store(r5, c + TSimd.Width);
        c += stride;
        TSimd.Store(l6, c);
        TSimd.Store(r6, c + TSimd.Width);
        c += stride;
        TSimd.Store(l7, c);
        TSimd.Store(r7, c + TSimd.Width);
        c += stride;
        TSimd.Store(l8, c);
        TSimd.Store(r8, c + TSimd.Width);
        c += stride;
        TSimd.Store(l9, c);
        TSimd.Store(r9, c + TSimd.Width);
        c += stride;
        TSimd.Store(l10, c);
        TSimd.Store(r10, c + TSimd.Width);
        c += stride;
        TSimd.Store(l11, c);
        TSimd.Store(r11, c + TSimd.Width);
    }
}
