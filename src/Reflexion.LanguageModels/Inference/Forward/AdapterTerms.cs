namespace Reflexion.LanguageModels;

/// <summary>What adapters add to the products of a pass whose rows may use different ones.</summary>
internal sealed unsafe class AdapterTerms(WorkerPool pool) : IDisposable
{
    private readonly List<AdapterRun> _runs = [];
    private readonly GrowingBuffer<float> _low = new();

    /// <summary>Notes which rows use which adapter.</summary>
    public void Begin(List<SequenceRows> parts)
    {
        _runs.Clear();
        int row = 0;
        foreach (SequenceRows part in parts)
        {
            if (part.Sequence.Adapter is { } adapter)
            {
                Note(adapter.Tensors, row, part.Count);
            }

            row += part.Count;
        }
    }

    /// <summary>yᵢ += scale · x·Aᵢᵀ·Bᵢᵀ in the rows that use an adapter.</summary>
    public void Add(int layer, ProjectionGroup group, Matrix<float> x, ReadOnlySpan<Matrix<float>> outputs)
    {
        foreach (AdapterRun run in _runs)
        {
            if (run.Adapter.Group(layer, group) is not { } adapter)
            {
                continue;
            }

            Matrix<float> low = _low.Take(run.Count, adapter.A.Rows);
            Gemm.Multiply(pool, [new Product<float>(x.RowsFrom(run.First, run.Count), adapter.A.Transposed)], low);
            Vectors.Scale(pool, run.Adapter.Scale, low.Pointer, (long)low.Rows * low.Columns);
            for (int i = 0; i < outputs.Length; i++)
            {
                Matrix<float> b = adapter.B(i);
                if (b.Rows > 0)
                {
                    Gemm.Multiply(pool, [new Product<float>(adapter.Part(low, i), b.Transposed)], outputs[i].RowsFrom(run.First, run.Count), accumulate: true);
                }
            }
        }
    }

    public void Dispose() => _low.Dispose();

    private void Note(AdapterTensors<float> adapter, int row, int count)
    {
        if (_runs.Count > 0 && ReferenceEquals(_runs[^1].Adapter, adapter) && _runs[^1].First + _runs[^1].Count == row)
        {
            _runs[^1] = _runs[^1] with { Count = _runs[^1].Count + count };
        }
        else
        {
            _runs.Add(new(adapter, row, count));
        }
    }
}
