using System.Numerics;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>A weight matrix in the order in which kernels read it: the one copy in memory, after which the file's pages may go.</summary>
/// <remarks>
/// Nothing is rounded in packing; scales that a type computes from others are kept as binary32.
/// <list type="table">
/// <listheader><term>stored as</term><description>packed as, bits a number, products with <see cref="ActivationPrecision.Integer"/></description></listheader>
/// <item><term>F32, F16, BF16</term><description>the same, 32, 16, 16; activations are floats all the same</description></item>
/// <item><term>Q8_0</term><description>8-bit integers, binary16 scales of 32; 8.5; integers</description></item>
/// <item><term>Q5_0</term><description>as Q8_0 (5.5 in the file)</description></item>
/// <item><term>Q5_1</term><description>8-bit integers, binary16 scales and offsets of 32; 9 (6 in the file); integers, offsets by float sums of activations</description></item>
/// <item><term>Q5_K</term><description>8-bit integers, binary32 scales and offsets of 32; 10 (5.5); likewise</description></item>
/// <item><term>Q6_K</term><description>8-bit integers, binary32 scales of 16; 10 (6.56); integers</description></item>
/// <item><term>Q4_0, IQ4_NL</term><description>4-bit indices, binary16 scales of 32; 4.5; integers</description></item>
/// <item><term>Q4_1</term><description>4-bit indices, binary16 scales and offsets of 32; 5; integers, offsets by float sums</description></item>
/// <item><term>Q4_K</term><description>4-bit indices, binary32 scales and offsets of 32; 6 (4.5); likewise</description></item>
/// <item><term>IQ4_XS</term><description>4-bit indices, binary32 scales of 32; 5 (4.25); integers</description></item>
/// <item><term>Q3_K</term><description>4-bit indices, binary32 scales of 16; 6 (3.44); integers</description></item>
/// <item><term>Q2_K</term><description>4-bit indices, binary32 scales and offsets of 16; 8 (2.63); integers, offsets by float sums</description></item>
/// </list>
/// </remarks>
internal sealed unsafe class PackedWeights : IDisposable
{
    private readonly NativeBuffer<byte> _data;
    private readonly PackedPanels _panels;

    private PackedWeights(PackedPanels panels, ActivationPrecision precision)
    {
        _data = new NativeBuffer<byte>(panels.ByteCount);
        _panels = panels;
        _panels.Data = _data.Pointer;
        Precision = panels.Form.IsInteger ? precision : ActivationPrecision.Float32;
    }

    /// <summary>Rows of the matrix: numbers that come out.</summary>
    public int Outputs => _panels.Outputs;

    /// <summary>Columns of the matrix: numbers that go in.</summary>
    public int Inputs => _panels.Inputs;

    /// <summary>How activations are multiplied: as asked for, but with plain floats always as floats.</summary>
    public ActivationPrecision Precision { get; }

    /// <summary>Bytes of memory taken.</summary>
    public long ByteCount => _data.Length;

    /// <summary>The packed numbers themselves.</summary>
    internal NativeBuffer<byte> Memory => _data;

    /// <summary>Copies a matrix out of its file, which is not needed afterwards.</summary>
    /// <param name="tensor">The matrix, [outputs, inputs].</param>
    /// <param name="precision">How activations are multiplied with it.</param>
    /// <param name="pool">The threads that do it.</param>
    /// <exception cref="ArgumentException">The tensor is not a matrix of whole blocks.</exception>
    public static PackedWeights Pack(StoredTensor tensor, ActivationPrecision precision, WorkerPool pool) => Pack([tensor], precision, pool);

    /// <summary>Copies matrices with the same inputs, one below the other: the projections of one vector (q, k and v; gate and up) become one product.</summary>
    /// <param name="tensors">The matrices, [outputs, inputs] each, all of one storage type.</param>
    /// <param name="precision">How activations are multiplied with them.</param>
    /// <param name="pool">The threads that do it.</param>
    /// <exception cref="ArgumentException">The tensors are not matrices, or do not fit together.</exception>
    public static PackedWeights Pack(ReadOnlySpan<StoredTensor> tensors, ActivationPrecision precision, WorkerPool pool)
    {
        if (tensors.IsEmpty)
        {
            throw new ArgumentException("There must be a tensor to pack.", nameof(tensors));
        }

        var rows = new StoredRows[tensors.Length];
        int outputs = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            StoredTensor tensor = tensors[i];
            Check(tensor, tensors[0]);
            rows[i] = new StoredRows(outputs, checked((int)tensor.Shape[0]), (nint)tensor.Data);
            outputs = checked(outputs + rows[i].Count);
        }

        StorageType type = tensors[0].Type;
        var packed = new PackedWeights(new PackedPanels(PackedForm.Of(type), outputs, checked((int)tensors[0].Shape[1])), precision);
        PanelPacker.Pack(pool, rows, type, packed._panels);
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
    /// <remarks>A token's results do not depend on how many others are in the call, nor on the number of threads; with integers, nor on the processor.</remarks>
    public void Multiply(WorkerPool pool, float* x, int tokens, int xStride, float* y, int yStride, bool accumulate = false)
    {
        ObjectDisposedException.ThrowIf(_data.Pointer == null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(xStride, tokens > 1 ? Inputs : 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(yStride, tokens > 1 ? Outputs : 0);
        if (tokens == 0 || Outputs == 0)
        {
            return;
        }

        PackedPanels panels = _panels;
        var arguments = new ProductArguments { X = x, XStride = xStride, Y = y, YStride = yStride, Tokens = tokens, Accumulate = accumulate };
        switch (pool.Vectors)
        {
            case VectorSet.Avx512:
                Multiply<Vector512<int>, Vector512<float>, Avx512PairLanes, TallTile<Vector512<float>, float, Avx512Simd<float>>>(pool, &panels, arguments);
                break;
            case VectorSet.Avx2:
                Multiply<Vector256<int>, Vector256<float>, Avx2PairLanes, SmallTile<Vector256<float>, float, Avx2Simd<float>>>(pool, &panels, arguments);
                break;
            default:
                Multiply<Vector128<int>, Vector128<float>, PortablePairLanes, SmallTile<Vector<float>, float, PortableSimd<float>>>(pool, &panels, arguments);
                break;
        }

        GC.KeepAlive(this);
    }

    /// <summary>Writes one row of the matrix as floats: the embedding of a token, where the head is shared with it.</summary>
    /// <param name="output">Which row.</param>
    /// <param name="row">Room for <see cref="Inputs"/> numbers.</param>
    public void ReadRow(int output, Span<float> row)
    {
        ObjectDisposedException.ThrowIf(_data.Pointer == null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, Inputs);
        for (int input = 0; input < Inputs; input++)
        {
            row[input] = _panels.Number(output, input);
        }
    }

    public void Dispose() => _data.Dispose();

    private static void Check(StoredTensor tensor, StoredTensor first)
    {
        if (tensor.Shape.Length != 2)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' has {tensor.Shape.Length} dimensions; only matrices are packed.", nameof(tensor));
        }

        if (tensor.Shape[1] < 1 || tensor.Shape[1] % Dequantizer.BlockSize(tensor.Type) != 0)
        {
            throw new ArgumentException(
                $"Tensor '{tensor.Name}' has rows of {tensor.Shape[1]} numbers, not of whole blocks of {Dequantizer.BlockSize(tensor.Type)} ({tensor.Type}).", nameof(tensor));
        }

        if (tensor.Type != first.Type || tensor.Shape[1] != first.Shape[1])
        {
            throw new ArgumentException(
                $"Tensor '{tensor.Name}' ({tensor.Type}, {tensor.Shape[1]} inputs) cannot be packed with '{first.Name}' ({first.Type}, {first.Shape[1]} inputs).",
                nameof(tensor));
        }
    }

    private void Multiply<TInt, TFloat, TLanes, TTile>(WorkerPool pool, PackedPanels* panels, ProductArguments arguments)
        where TInt : struct
        where TFloat : struct
        where TLanes : IPairLanes<TInt, TFloat>
        where TTile : ITile<float>
    {
        if (Precision == ActivationPrecision.Integer)
        {
            IntegerProduct<TInt, TFloat, TLanes>.Multiply(pool, panels, arguments);
        }
        else
        {
            FloatProduct<TInt, TFloat, TLanes, TTile>.Multiply(pool, panels, arguments);
        }
    }
}
