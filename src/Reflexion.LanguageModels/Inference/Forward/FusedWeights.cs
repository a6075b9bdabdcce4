namespace Reflexion.LanguageModels;

/// <summary>The matrices that read one input, with their biases; those of one storage type are multiplied at once.</summary>
internal sealed unsafe class FusedWeights : IDisposable
{
    private readonly List<(PackedWeights Weights, int Column)> _parts = [];
    private readonly NativeBuffer<float>? _bias;

    /// <param name="tensors">The matrices, [outputs, inputs] each.</param>
    /// <param name="biases">One for each matrix, or none.</param>
    /// <param name="precision">How products are worked out.</param>
    /// <param name="pool">The threads that pack.</param>
    public FusedWeights(ReadOnlySpan<StoredTensor> tensors, ReadOnlySpan<StoredTensor> biases, ActivationPrecision precision, WorkerPool pool)
    {
        for (int first = 0; first < tensors.Length;)
        {
            int end = first + 1;
            while (end < tensors.Length && tensors[end].Type == tensors[first].Type)
            {
                end++;
            }

            PackedWeights packed = PackedWeights.Pack(tensors[first..end], precision, pool);
            _parts.Add((packed, Outputs));
            Outputs += packed.Outputs;
            first = end;
        }

        _bias = biases.IsEmpty ? null : Joined(biases);
    }

    /// <summary>Of all matrices together.</summary>
    public int Outputs { get; }

    /// <summary>y = x·Wᵀ + b, the matrices' outputs side by side; or y += that.</summary>
    public void Multiply(WorkerPool pool, Matrix<float> x, Matrix<float> y, bool accumulate = false)
    {
        foreach ((PackedWeights weights, int column) in _parts)
        {
            weights.Multiply(pool, x.Pointer, x.Rows, x.Stride, y.Pointer + column, y.Stride, accumulate);
        }

        if (_bias is not null)
        {
            Vectors.AddToRows(pool, _bias.Pointer, y);
        }
    }

    public void Dispose()
    {
        _parts.ForEach(part => part.Weights.Dispose());
        _bias?.Dispose();
    }

    private NativeBuffer<float> Joined(ReadOnlySpan<StoredTensor> biases)
    {
        var joined = new NativeBuffer<float>(Outputs);
        float* to = joined.Pointer;
        foreach (StoredTensor bias in biases)
        {
            Dequantizer.ToSingle(bias.Type, bias.Data, to, bias.Shape[^1]);
            to += bias.Shape[^1];
        }

        return joined;
    }
}
