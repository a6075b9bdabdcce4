using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Final norm, logits and log-softmax of the rows that predict something, with the value head beside them; forward and backward.</summary>
/// <remarks>Logits are kept for the backward pass while they fit a bounded buffer; otherwise they are computed block by block, twice.</remarks>
internal sealed unsafe class OutputHead<T>(TransformerConfig config, WorkerPool pool, long logitLimit) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingBuffer<T> _rows = new();
    private readonly GrowingBuffer<T> _norm = new();
    private readonly GrowingBuffer<T> _scale = new();
    private readonly GrowingBuffer<T> _logits = new();
    private readonly GrowingBuffer<T> _logSumExp = new();
    private readonly GrowingBuffer<T> _normGradient = new();
    private readonly GrowingBuffer<T> _rowGradient = new();
    private readonly T _epsilon = T.CreateTruncating(config.NormEpsilon);

    /// <summary>Log-probabilities, entropies and values of what is predicted.</summary>
    /// <param name="tensors">The model.</param>
    /// <param name="final">What leaves the last layer: [tokens, width].</param>
    /// <param name="predictions">Which rows predict what.</param>
    /// <param name="scores">Where the numbers go.</param>
    public void Forward(in PassTensors<T> tensors, Matrix<T> final, Predictions predictions, TokenScores<T> scores)
    {
        Matrix<T> norm = Normalise(tensors, final, predictions.Rows);
        T* logSumExp = _logSumExp.Take(predictions.Count);
        int block = BlockRows(predictions.Count);
        for (int first = 0; first < predictions.Count; first += block)
        {
            int count = Math.Min(block, predictions.Count - first);
            Matrix<T> logits = Logits(tensors, norm.RowsFrom(first, count));
            LogitKernels.Forward(pool, logits, predictions, first, scores, logSumExp);
        }

        if (tensors.Adapter?.ValueHead is { } head)
        {
            ValueForward(head, norm, scores.Values);
        }
    }

    /// <summary>Adds to the gradients in <paramref name="tensors"/>, and gives that of <paramref name="final"/>.</summary>
    /// <param name="tensors">As in the forward pass, with gradients.</param>
    /// <param name="final">As in the forward pass.</param>
    /// <param name="predictions">As in the forward pass.</param>
    /// <param name="scores">What the forward pass gave.</param>
    /// <param name="gradients">The gradients on it.</param>
    /// <param name="finalGradient">[tokens, width], overwritten.</param>
    public void Backward(
        in PassTensors<T> tensors, Matrix<T> final, Predictions predictions, TokenScores<T> scores, TokenScores<T> gradients, Matrix<T> finalGradient)
    {
        Matrix<T> norm = _norm.Take(predictions.Count, config.HiddenSize);
        Matrix<T> normGradient = _normGradient.Take(predictions.Count, config.HiddenSize);
        int block = BlockRows(predictions.Count);
        for (int first = 0; first < predictions.Count; first += block)
        {
            int count = Math.Min(block, predictions.Count - first);
            Matrix<T> rows = norm.RowsFrom(first, count);
            Matrix<T> logits = block == predictions.Count ? _logits.Take(count, config.VocabularySize) : Logits(tensors, rows);
            LogitKernels.Backward(pool, logits, predictions, first, scores, gradients, _logSumExp.Take(predictions.Count));
            Gemm.Multiply(pool, [tensors.Weights.Head.Backward(logits)], normGradient.RowsFrom(first, count));
            if (tensors.WeightGradients is { } weights)
            {
                Gemm.Multiply(pool, [new(logits.Transposed, rows)], weights.Head.Values, accumulate: true);
            }
        }

        if (tensors.Adapter?.ValueHead is { } head)
        {
            ValueBackward(head, tensors.AdapterGradients?.ValueHead, norm, gradients.Values, normGradient);
        }

        NormaliseBackward(tensors, final.Rows, predictions.Rows, normGradient, finalGradient);
    }

    /// <summary>Logits of every row: [tokens, vocabulary].</summary>
    public Matrix<T> AllLogits(in PassTensors<T> tensors, Matrix<T> final) =>
        Logits(tensors, Normalise(tensors, final, [.. Enumerable.Range(0, final.Rows)]));

    public void Dispose()
    {
        foreach (GrowingBuffer<T> buffer in (GrowingBuffer<T>[])[_rows, _norm, _scale, _logits, _logSumExp, _normGradient, _rowGradient])
        {
            buffer.Dispose();
        }
    }

    private int BlockRows(int rows) => (int)Math.Clamp(logitLimit / config.VocabularySize, 1, rows);

    /// <summary>[rows, vocabulary].</summary>
    private Matrix<T> Logits(in PassTensors<T> tensors, Matrix<T> norm)
    {
        Matrix<T> logits = _logits.Take(norm.Rows, config.VocabularySize);
        Gemm.Multiply(pool, [tensors.Weights.Head.Forward(norm)], logits);
        return logits;
    }

    private Matrix<T> Normalise(in PassTensors<T> tensors, Matrix<T> final, int[] rows)
    {
        Matrix<T> gathered = _rows.Take(rows.Length, config.HiddenSize);
        for (int i = 0; i < rows.Length; i++)
        {
            new ReadOnlySpan<T>(final.Pointer + ((long)rows[i] * final.Stride), final.Columns).CopyTo(
                new(gathered.Pointer + ((long)i * gathered.Stride), gathered.Columns));
        }

        Matrix<T> norm = _norm.Take(rows.Length, config.HiddenSize);
        RowKernels.RmsNorm(pool, gathered, tensors.Weights.FinalNorm.Pointer, _epsilon, norm, _scale.Take(rows.Length));
        return norm;
    }

    // One row may predict several tokens: the first ones of responses to one prompt.
    private void NormaliseBackward(in PassTensors<T> tensors, int tokens, int[] rows, Matrix<T> normGradient, Matrix<T> finalGradient)
    {
        Matrix<T> gathered = _rows.Take(rows.Length, config.HiddenSize);
        Matrix<T> rowGradient = _rowGradient.Take(rows.Length, config.HiddenSize);
        new Span<T>(rowGradient.Pointer, rows.Length * config.HiddenSize).Clear();
        RowKernels.RmsNormBackward(
            pool, gathered, tensors.Weights.FinalNorm.Pointer, _scale.Take(rows.Length), normGradient, rowGradient,
            tensors.WeightGradients is { } weights ? weights.FinalNorm.Pointer : null);
        new Span<T>(finalGradient.Pointer, tokens * config.HiddenSize).Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            RowKernels.Add(rowGradient.RowsFrom(i, 1), finalGradient.RowsFrom(rows[i], 1));
        }
    }

    // v = w·h + b.
    private static void ValueForward(ValueHead<T> head, Matrix<T> norm, Span<T> values)
    {
        for (int i = 0; i < norm.Rows; i++)
        {
            T sum = head.Bias.Pointer[0];
            for (int j = 0; j < norm.Columns; j++)
            {
                sum += norm[i, j] * head.Weight.Pointer[j];
            }

            values[i] = sum;
        }
    }

    // dw = Σ dv·h, db = Σ dv, dh += dv·w.
    private static void ValueBackward(ValueHead<T> head, ValueHead<T>? gradient, Matrix<T> norm, ReadOnlySpan<T> values, Matrix<T> normGradient)
    {
        for (int i = 0; i < norm.Rows; i++)
        {
            for (int j = 0; j < norm.Columns; j++)
            {
                normGradient.Pointer[((long)i * normGradient.Stride) + j] += values[i] * head.Weight.Pointer[j];
                if (gradient is not null)
                {
                    gradient.Weight.Pointer[j] += values[i] * norm[i, j];
                }
            }

            if (gradient is not null)
            {
                gradient.Bias.Pointer[0] += values[i];
            }
        }
    }
}
