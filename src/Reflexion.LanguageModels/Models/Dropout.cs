using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Which inputs of an adapter are dropped: a function of the seed and the place, so that the backward pass finds the same.</summary>
/// <param name="Rate">The share dropped, in [0,1).</param>
/// <param name="Seed">What distinguishes this pass from others.</param>
internal readonly record struct Dropout(double Rate, ulong Seed)
{
    public bool IsOn => Rate > 0;

    /// <summary>to = from where kept, scaled up to the same mean; 0 where dropped. The two may be the same memory.</summary>
    /// <param name="place">Tells apart the masks of one pass.</param>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Where they go.</param>
    public void Apply<T>(int place, ReadOnlySpan<T> from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ulong key = CounterRandom.Mix(Seed + CounterRandom.Mix((ulong)place));
        uint threshold = (uint)Math.Min(uint.MaxValue, Rate * 4294967296.0);
        T scale = T.CreateTruncating(1 / (1 - Rate));
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = (uint)(CounterRandom.Mix(key + (ulong)i) >> 32) >= threshold ? from[i] * scale : T.Zero;
        }
    }
}
