using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Computes new positions of several sequences at once: single ones that decode, and blocks of prompts.</summary>
/// <remarks>For one thread at a time. Memory is taken for the largest pass so far and used again.</remarks>
internal sealed unsafe class InferencePass(InferenceWeights weights, WorkerPool pool, int contextLength) : IDisposable
{
    // Rows of logits kept at a time.
    private const int OutputRows = 64;

    private readonly TransformerConfig _config = weights.Config;
    private readonly AttentionShape _shape = new(weights.Config.HeadCount, weights.Config.KeyValueHeadCount, weights.Config.HeadSize);
    private readonly RotaryTable<float> _rotary = new(contextLength, weights.Config);
    private readonly AdapterTerms _adapters = new(pool);
    private readonly GrowingBuffer<float> _x = new();
    private readonly GrowingBuffer<float> _norm = new();
    private readonly GrowingBuffer<float> _projected = new();
    private readonly GrowingBuffer<float> _output = new();
    private readonly GrowingBuffer<int> _positions = new();
    private readonly List<DecodeSequence> _decoding = [];
    private readonly List<WantedRow> _wanted = [];

    /// <summary>Computes the rows and hands each sequence what it wants of them.</summary>
    /// <param name="parts">What to compute; sequences of a single row first.</param>
    public void Run(List<SequenceRows> parts)
    {
        Matrix<float> x = Begin(parts);
        for (int layer = 0; layer < _config.LayerCount; layer++)
        {
            Attend(layer, parts, x);
            FeedForward(layer, x);
        }

        foreach (SequenceRows part in parts)
        {
            part.Sequence.Cache!.Count = part.Start + part.Count;
        }

        Deliver(parts, RowOutput.HiddenState, x);
        Deliver(parts, RowOutput.Logits, x);
    }

    public void Dispose()
    {
        _rotary.Dispose();
        _adapters.Dispose();
        _positions.Dispose();
        foreach (GrowingBuffer<float> buffer in (GrowingBuffer<float>[])[_x, _norm, _projected, _output])
        {
            buffer.Dispose();
        }
    }

    // Embeds the tokens, and makes room for their keys and values.
    private Matrix<float> Begin(List<SequenceRows> parts)
    {
        int rows = 0;
        foreach (SequenceRows part in parts)
        {
            part.Sequence.Cache!.Reserve(part.Start + part.Count);
            rows += part.Count;
        }

        Matrix<float> x = _x.Take(rows, _config.HiddenSize);
        int* positions = _positions.Take(rows);
        int row = 0;
        foreach (SequenceRows part in parts)
        {
            for (int position = part.Start; position < part.Start + part.Count; position++, row++)
            {
                weights.Embed(part.Sequence.Tokens[position], x.At(row, 0));
                positions[row] = position;
            }
        }

        _adapters.Begin(parts);
        return x;
    }

    private void Attend(int layer, List<SequenceRows> parts, Matrix<float> x)
    {
        InferenceLayer tensors = weights.Layers[layer];
        Matrix<float> norm = _norm.Take(x.Rows, x.Columns);
        Matrix<float> projected = _projected.Take(x.Rows, _config.QueryWidth + (2 * _config.KeyValueWidth));
        Matrix<float> query = projected.ColumnsFrom(0, _config.QueryWidth);
        Matrix<float> key = projected.ColumnsFrom(_config.QueryWidth, _config.KeyValueWidth);
        Matrix<float> value = projected.ColumnsFrom(_config.QueryWidth + _config.KeyValueWidth, _config.KeyValueWidth);
        RmsNorm.Forward(pool, x, tensors.AttentionNorm, _config.NormEpsilon, norm, null);
        tensors[ProjectionGroup.AttentionInput].Multiply(pool, norm, projected);
        _adapters.Add(layer, ProjectionGroup.AttentionInput, norm, [query, key, value]);
        Rotary.Turn(pool, query, _positions.Take(x.Rows), _rotary, isBackward: false);
        Rotary.Turn(pool, key, _positions.Take(x.Rows), _rotary, isBackward: false);
        Keep(layer, parts, key, value);
        AttendToCaches(layer, parts, query);
        tensors[ProjectionGroup.AttentionOutput].Multiply(pool, query, x, accumulate: true);
        _adapters.Add(layer, ProjectionGroup.AttentionOutput, query, [x]);
    }

    private void FeedForward(int layer, Matrix<float> x)
    {
        InferenceLayer tensors = weights.Layers[layer];
        Matrix<float> norm = _norm.Take(x.Rows, x.Columns);
        Matrix<float> projected = _projected.Take(x.Rows, 2 * _config.IntermediateSize);
        Matrix<float> gate = projected.ColumnsFrom(0, _config.IntermediateSize);
        Matrix<float> up = projected.ColumnsFrom(_config.IntermediateSize, _config.IntermediateSize);
        RmsNorm.Forward(pool, x, tensors.FeedForwardNorm, _config.NormEpsilon, norm, null);
        tensors[ProjectionGroup.FeedForwardInput].Multiply(pool, norm, projected);
        _adapters.Add(layer, ProjectionGroup.FeedForwardInput, norm, [gate, up]);
        SwiGlu.Forward(pool, gate, up, gate);
        tensors[ProjectionGroup.FeedForwardOutput].Multiply(pool, gate, x, accumulate: true);
        _adapters.Add(layer, ProjectionGroup.FeedForwardOutput, gate, [x]);
    }

    private static void Keep(int layer, List<SequenceRows> parts, Matrix<float> key, Matrix<float> value)
    {
        int row = 0;
        foreach (SequenceRows part in parts)
        {
            KeyValueCache cache = part.Sequence.Cache!;
            for (int position = part.Start; position < part.Start + part.Count; position++, row++)
            {
                long place = (long)position * cache.Width;
                new ReadOnlySpan<float>(key.At(row, 0), cache.Width).CopyTo(new(cache.Keys(layer) + place, cache.Width));
                new ReadOnlySpan<float>(value.At(row, 0), cache.Width).CopyTo(new(cache.Values(layer) + place, cache.Width));
            }
        }
    }

    // Queries are replaced by what they gather.
    private void AttendToCaches(int layer, List<SequenceRows> parts, Matrix<float> query)
    {
        _decoding.Clear();
        int row = 0;
        foreach (SequenceRows part in parts)
        {
            KeyValueCache cache = part.Sequence.Cache!;
            int count = part.Start + part.Count;
            if (part.Count == 1)
            {
                _decoding.Add(new((nint)cache.Keys(layer), (nint)cache.Values(layer), count));
            }
            else
            {
                Matrix<float> own = query.RowsFrom(row, part.Count);
                Attention.Forward(
                    pool,
                    _shape,
                    [new AttentionSegment(0, part.Count, 0, count)],
                    own,
                    new(cache.Keys(layer), count, cache.Width),
                    new(cache.Values(layer), count, cache.Width),
                    own,
                    null);
            }

            row += part.Count;
        }

        if (_decoding.Count > 0)
        {
            Matrix<float> own = query.RowsFrom(0, _decoding.Count);
            DecodeAttention.Run(pool, _shape, CollectionsMarshal.AsSpan(_decoding), _config.KeyValueWidth, own, own);
        }
    }

    private void Deliver(List<SequenceRows> parts, RowOutput output, Matrix<float> x)
    {
        _wanted.Clear();
        int row = 0;
        foreach (SequenceRows part in parts)
        {
            for (int i = Math.Max(0, part.Sequence.FirstOutput - part.Start); i < part.Count && part.Sequence.Output == output; i++)
            {
                _wanted.Add(new(part.Sequence, part.Start + i, row + i));
            }

            row += part.Count;
        }

        for (int first = 0; first < _wanted.Count; first += OutputRows)
        {
            Deliver(CollectionsMarshal.AsSpan(_wanted).Slice(first, Math.Min(OutputRows, _wanted.Count - first)), output, x);
        }
    }

    private void Deliver(ReadOnlySpan<WantedRow> wanted, RowOutput output, Matrix<float> x)
    {
        Matrix<float> outcome = _norm.Take(wanted.Length, _config.HiddenSize);
        for (int i = 0; i < wanted.Length; i++)
        {
            new ReadOnlySpan<float>(x.At(wanted[i].Row, 0), x.Columns).CopyTo(new(outcome.At(i, 0), x.Columns));
        }

        RmsNorm.Forward(pool, outcome, weights.FinalNorm, _config.NormEpsilon, outcome, null);
        if (output == RowOutput.Logits)
        {
            Matrix<float> hidden = outcome;
            outcome = _output.Take(wanted.Length, _config.VocabularySize);
            weights.Head.Multiply(pool, hidden.Pointer, hidden.Rows, hidden.Stride, outcome.Pointer, outcome.Stride, accumulate: false);
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i].Sequence.Take(wanted[i].Position, new(outcome.At(i, 0), outcome.Columns));
        }
    }
}
