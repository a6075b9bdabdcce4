using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Cosine and sine of every position's angles (RoPE; Su et al. 2021), worked out in double precision.</summary>
internal sealed unsafe class RotaryTable<T>(TransformerConfig config) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingBuffer<T> _cosines = new();
    private readonly GrowingBuffer<T> _sines = new();
    private int _positions;

    /// <summary>[positions, head size / 2].</summary>
    public T* Cosines { get; private set; }

    /// <summary>[positions, head size / 2].</summary>
    public T* Sines { get; private set; }

    /// <summary>Makes sure that positions 0 .. <paramref name="positions"/> − 1 are there.</summary>
    public void Prepare(int positions)
    {
        if (positions <= _positions)
        {
            return;
        }

        _positions = Math.Max(positions, Math.Min(config.ContextLength, 2 * _positions));
        int half = config.HeadSize / 2;
        Cosines = _cosines.Take((long)_positions * half);
        Sines = _sines.Take((long)_positions * half);
        for (int pair = 0; pair < half; pair++)
        {
            double frequency = config.RopeFrequency(pair);
            for (int position = 0; position < _positions; position++)
            {
                (double sine, double cosine) = Math.SinCos(position * frequency);
                Cosines[((long)position * half) + pair] = T.CreateTruncating(cosine);
                Sines[((long)position * half) + pair] = T.CreateTruncating(sine);
            }
        }
    }

    public void Dispose()
    {
        _cosines.Dispose();
        _sines.Dispose();
    }
}
