using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A random matrix as a file stores it, with random activations, and its products in double precision.</summary>
internal sealed unsafe class RandomMatrix : IDisposable
{
    // Offsets cancel against numbers, but their sums are added separately.
    private const double OffsetMagnitude = 4;

    private readonly NativeBuffer<byte> _bytes;
    private readonly float[] _weights;
    private readonly int _outputs;
    private readonly int _inputs;
    private readonly int _seed;

    public RandomMatrix(StorageType type, int outputs, int inputs, int seed)
    {
        _outputs = outputs;
        _inputs = inputs;
        _seed = seed;
        int block = Dequantizer.BytesPerBlock(type);
        long count = (long)outputs * inputs / Dequantizer.BlockSize(type);
        _bytes = new NativeBuffer<byte>(count * block);
        var random = new Random(seed);
        random.NextBytes(_bytes.Span);
        for (int i = 0; i < count; i++)
        {
            Tame(type, _bytes.Span.Slice(i * block, block), random);
        }

        Tensor = new StoredTensor("w", type, [outputs, inputs], _bytes.Pointer, _bytes.Length);
        _weights = Tensor.Values();
    }

    public StoredTensor Tensor { get; }

    public Span<byte> Bytes => _bytes.Span;

    public ReadOnlySpan<float> RowSpan(int output) => _weights.AsSpan(output * _inputs, _inputs);

    public float[] Row(int output) => RowSpan(output).ToArray();

    public StoredTensor Part(int first, int count)
    {
        long rowBytes = _bytes.Length / _outputs;
        return new StoredTensor("part", Tensor.Type, [count, _inputs], _bytes.Pointer + (first * rowBytes), count * rowBytes);
    }

    public float[] Multiply(WorkerPool pool, PackedWeights packed, int tokens) => Multiply(pool, packed, Activations(tokens));

    public float[] Multiply(WorkerPool pool, PackedWeights packed, float[] x, float[]? kept = null)
    {
        int tokens = x.Length / _inputs;
        float[] y = kept is null ? [.. Enumerable.Repeat(float.NaN, tokens * _outputs)] : [.. kept];
        fixed (float* from = x)
        fixed (float* to = y)
        {
            packed.Multiply(pool, from, tokens, _inputs, to, _outputs, kept is not null);
        }

        return y;
    }

    public void Compare(WorkerPool pool, PackedWeights packed, int tokens, bool accumulate, ActivationPrecision precision)
    {
        float[] kept = Activations(tokens * _outputs, 2);
        Compare(pool, packed, Activations(tokens), accumulate ? kept : null, precision);
    }

    public void Compare(WorkerPool pool, PackedWeights packed, float[] x) => Compare(pool, packed, x, null, ActivationPrecision.Integer);

    /// <summary>
    /// Asserts that each result is within the rounding of sums (a few units of the last place of the sum of magnitudes), and with integers also within half a step of each activation:
    /// its group's greatest / 32,767 / 2.
    /// </summary>
    private void Compare(WorkerPool pool, PackedWeights packed, float[] x, float[]? kept, ActivationPrecision precision)
    {
        float[] actual = Multiply(pool, packed, x, kept);
        double[] step = precision == ActivationPrecision.Integer ? Steps(x) : new double[x.Length];
        for (int i = 0; i < actual.Length; i++)
        {
            ReadOnlySpan<float> w = RowSpan(i % _outputs);
            int token = i / _outputs * _inputs;
            double expected = kept?[i] ?? 0;
            double magnitude = Math.Abs(expected);
            double steps = 0;
            for (int k = 0; k < _inputs; k++)
            {
                double activation = x[token + k];
                expected += w[k] * activation;
                magnitude += (Math.Abs(w[k]) + OffsetMagnitude) * Math.Abs(activation);
                steps += Math.Abs(w[k]) * step[token + k];
            }

            double bound = (steps * 0.5001) + (magnitude * 3e-6) + 1e-28;
            if (!(Math.Abs(actual[i] - expected) <= bound))
            {
                actual[i].Should().BeApproximately((float)expected, (float)bound, "{0}, number {1}", Tensor.Type, i);
            }
        }
    }

    public void Dispose() => _bytes.Dispose();

    // The steps that activations are rounded to, a group of 32 at a time.
    private double[] Steps(float[] x)
    {
        var steps = new double[x.Length];
        for (int row = 0; row < x.Length; row += _inputs)
        {
            for (int group = 0; group < _inputs; group += 32)
            {
                int count = Math.Min(32, _inputs - group);
                double step = x.AsSpan(row + group, count).ToArray().Max(Math.Abs) / 32_767.0;
                Array.Fill(steps, step, row + group, count);
            }
        }

        return steps;
    }

    private float[] Activations(int tokens) => Activations(tokens * _inputs, 1);

    // The same tokens however many are asked for; a group in eight has an outlier.
    private float[] Activations(int count, int stream)
    {
        var random = new Random((_seed * 31) + stream);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double value = (2 * random.NextDouble()) - 1;
            values[i] = (float)(i % 256 == 77 ? value * 1_000 : value);
        }

        return values;
    }

    /// <summary>Makes random scales moderate, and random floats numbers.</summary>
    private static void Tame(StorageType type, Span<byte> block, Random random)
    {
        switch (type)
        {
            case StorageType.F32: MemoryMarshal.Write(block, (float)((2 * random.NextDouble()) - 1)); break;
            case StorageType.F16: SetHalf(block, 0, random); break;
            case StorageType.BF16: block[1] = (byte)(0x3e | (block[1] & 0x80)); break;
            case StorageType.Q2_K: SetHalf(block, 80, random); SetHalf(block, 82, random); break;
            case StorageType.Q3_K: SetHalf(block, 108, random); break;
            case StorageType.Q6_K: SetHalf(block, 208, random); break;
            case StorageType.Q4_1 or StorageType.Q5_1 or StorageType.Q4_K or StorageType.Q5_K: SetHalf(block, 0, random); SetHalf(block, 2, random); break;
            default: SetHalf(block, 0, random); break;
        }
    }

    private static void SetHalf(Span<byte> block, int at, Random random) => MemoryMarshal.Write(block[at..], (Half)(((2 * random.NextDouble()) - 1) * 0.01));
}
