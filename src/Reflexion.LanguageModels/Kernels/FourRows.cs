using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Four rows of two vectors: what is left over.</summary>
internal static unsafe class FourRows<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged
    where TSimd : ISimd<TVector, T>
{
    /// <summary>See <see cref="ITile{T}.Multiply"/>; A holds <paramref name="width"/> numbers for each k, of which the first four are used.</summary>
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
    }
}
