using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>A weight matrix in the order in which kernels read it.</summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    private readonly NativeBuffer<float> _numbers;

    private PackedWeights(int outputs, int inputs)
    {
        Outputs = outputs;
        Inputs = inputs;
        _numbers = new NativeBuffer<float>((long)outputs * inputs);
    }

    /// <summary>Rows of the matrix: numbers that come out.</summary>
    public int Outputs { get; }

    /// <summary>Columns of the matrix: numbers that go in.</summary>
    public int Inputs { get; }

    /// <summary>Bytes of memory taken.</summary>
    public long ByteCount => _numbers.Length * sizeof(float);

    /// <summary>Copies matrices with the same inputs, one below the other, out of their file; it is not needed afterwards.</summary>
    /// <param name="tensors">The matrices, [outputs, inputs] each, all of one storage type.</param>
    /// <param name="precision">How activations are multiplied with it.</param>
    /// <param name="pool">The threads that do it.</param>
    /// <exception cref="ArgumentException">The tensors are not matrices, or do not fit together.</exception>
    public static PackedWeights Pack(ReadOnlySpan<StoredTensor> tensors, ActivationPrecision precision, WorkerPool pool)
    {
        int outputs = 0;
        foreach (StoredTensor tensor in tensors)
        {
            outputs += checked((int)tensor.Shape[0]);
        }

        var packed = new PackedWeights(outputs, checked((int)tensors[0].Shape[1]));
        float* to = packed._numbers.Pointer;
        foreach (StoredTensor tensor in tensors)
        {
            long count = tensor.Shape[0] * tensor.Shape[1];
            Dequantizer.ToSingle(tensor.Type, tensor.Data, to, count);
            to += count;
        }

        return packed;
    }

    /// <summary>y = x·Wᵀ, or y += x·Wᵀ.</summary>
    /// <param name="pool">The threads that do it.</param>
    /// <param name="x">Activations, <see cref="Inputs"/> numbers for each token.</param>
    /// <param name="tokens">How many tokens: one, a few, or a whole prompt.</param>
    /// <param name="xStride">Numbers from a token of x to the next.</param>
    /// <param name="y">Room for <see cref="Outputs"/> numbers for each token; no part of x.</param>
    /// <param name="yStride">Numbers from a token of y to the next.</param>
    /// <param name="accumulate">Whether what y holds is kept.</param>
    public void Multiply(WorkerPool pool, float* x, int tokens, int xStride, float* y, int yStride, bool accumulate = false)
    {
        var weights = new Matrix<float>(_numbers.Pointer, Outputs, Inputs);
        Gemm.Multiply(
            pool,
            [new Product<float>(new Matrix<float>((nint)x, tokens, Inputs, xStride), weights.Transposed)],
            new Matrix<float>((nint)y, tokens, Outputs, yStride),
            accumulate);
    }

    /// <summary>Writes one row of the matrix as floats: the embedding of a token, where the head is shared with it.</summary>
    /// <param name="output">Which row.</param>
    /// <param name="row">Room for <see cref="Inputs"/> numbers.</param>
    public void ReadRow(int output, float* row) =>
        Unsafe.CopyBlock(row, _numbers.Pointer + ((long)output * Inputs), (uint)Inputs * sizeof(float));

    public void Dispose() => _numbers.Dispose();
}
