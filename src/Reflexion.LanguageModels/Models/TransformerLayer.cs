using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>One layer, forward and backward: x + attention(norm(x)), then that + feed-forward(norm(that)).</summary>
internal sealed unsafe class TransformerLayer<T>(TransformerConfig config, WorkerPool pool, RotaryTable<T> rotary) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GroupedLinear<T> _linear = new(pool);
    private readonly GrowingBuffer<T> _norm = new();
    private readonly GrowingBuffer<T> _product = new();
    private readonly GrowingBuffer<T> _gateGradient = new();
    private readonly GrowingBuffer<T> _upGradient = new();
    private readonly GrowingBuffer<T> _attendedGradient = new();
    private readonly GrowingBuffer<T> _queryGradient = new();
    private readonly GrowingBuffer<T> _keyGradient = new();
    private readonly GrowingBuffer<T> _valueGradient = new();
    private readonly T _epsilon = T.CreateTruncating(config.NormEpsilon);

    /// <summary>Forward: <paramref name="saved"/> holds the input; the output [tokens, width] is written.</summary>
    public void Forward(in LayerPass<T> pass, PackedTokens tokens, LayerActivations<T> saved, Matrix<T> output)
    {
        AttentionForward(pass, tokens, saved);
        GateAndUpForward(pass, saved);
        Matrix<T> product = _product.Take(output.Rows, config.IntermediateSize);
        RowKernels.SwiGlu(pool, saved.Gate, saved.Up, product);
        Copy(saved.Middle, output);
        _linear.Forward(pass, ProjectionGroup.FeedForwardOutput, product, saved.Low(ProjectionGroup.FeedForwardOutput), [output], accumulate: true);
    }

    /// <summary>Backward: <paramref name="gradient"/> [tokens, width] comes as that of the output and leaves as that of the input.</summary>
    /// <param name="pass">The layer.</param>
    /// <param name="tokens">What was computed.</param>
    /// <param name="saved">What the forward pass left.</param>
    /// <param name="gradient">See above.</param>
    /// <param name="recomputes">Whether gate and up were not kept.</param>
    /// <param name="wantsInput">Whether somebody wants the gradient of the input.</param>
    public void Backward(in LayerPass<T> pass, PackedTokens tokens, LayerActivations<T> saved, Matrix<T> gradient, bool recomputes, bool wantsInput)
    {
        if (recomputes)
        {
            GateAndUpForward(pass, saved);
        }

        FeedForwardBackward(pass, saved, gradient);
        AttentionBackward(pass, tokens, saved, gradient, wantsInput);
    }

    public void Dispose()
    {
        _linear.Dispose();
        foreach (GrowingBuffer<T> buffer in (GrowingBuffer<T>[])
            [_norm, _product, _gateGradient, _upGradient, _attendedGradient, _queryGradient, _keyGradient, _valueGradient])
        {
            buffer.Dispose();
        }
    }

    private static void Copy(Matrix<T> from, Matrix<T> to) =>
        Buffer.MemoryCopy(from.Pointer, to.Pointer, (long)to.Rows * to.Columns * sizeof(T), (long)from.Rows * from.Columns * sizeof(T));

    // middle = x + o(attention(q, k, v)), where q, k and v read norm(x).
    private void AttentionForward(in LayerPass<T> pass, PackedTokens tokens, LayerActivations<T> saved)
    {
        Matrix<T> x = saved.Input;
        Matrix<T> norm = _norm.Take(x.Rows, x.Columns);
        RowKernels.RmsNorm(pool, x, pass.Weights.AttentionNorm.Pointer, _epsilon, norm, saved.InputScale);
        _linear.Forward(pass, ProjectionGroup.AttentionInput, norm, saved.Low(ProjectionGroup.AttentionInput), [saved.Query, saved.Key, saved.Value]);
        Rotate(tokens, saved.Query, saved.Key, inverse: false);
        Attention.Forward(
            pool, tokens.Segments, config.HeadCount, config.KeyValueHeadCount, saved.Query, saved.Key, saved.Value, saved.Attended, saved.LogSumExp);
        Copy(x, saved.Middle);
        _linear.Forward(
            pass, ProjectionGroup.AttentionOutput, saved.Attended, saved.Low(ProjectionGroup.AttentionOutput), [saved.Middle], accumulate: true);
    }

    private void AttentionBackward(in LayerPass<T> pass, PackedTokens tokens, LayerActivations<T> saved, Matrix<T> gradient, bool wantsInput)
    {
        Matrix<T> attended = _attendedGradient.Take(gradient.Rows, config.QueryWidth);
        _linear.Backward(
            pass, ProjectionGroup.AttentionOutput, saved.Attended, saved.Low(ProjectionGroup.AttentionOutput), [gradient], attended);

        Matrix<T> query = _queryGradient.Take(gradient.Rows, config.QueryWidth);
        Matrix<T> key = _keyGradient.Take(gradient.Rows, config.KeyValueWidth);
        Matrix<T> value = _valueGradient.Take(gradient.Rows, config.KeyValueWidth);
        Attention.Backward(
            pool, tokens.Segments, config.HeadCount, config.KeyValueHeadCount, saved.Query, saved.Key, saved.Value, saved.Attended, saved.LogSumExp,
            attended, query, key, value);
        Rotate(tokens, query, key, inverse: true);

        Matrix<T> norm = _norm.Take(gradient.Rows, gradient.Columns);
        T* weight = pass.Weights.AttentionNorm.Pointer;
        RowKernels.RmsNorm(pool, saved.Input, weight, _epsilon, norm, saved.InputScale);
        Matrix<T> normGradient = wantsInput ? _attendedGradient.Take(gradient.Rows, gradient.Columns) : default;
        _linear.Backward(
            pass, ProjectionGroup.AttentionInput, norm, saved.Low(ProjectionGroup.AttentionInput), [query, key, value], normGradient);
        if (wantsInput)
        {
            RowKernels.RmsNormBackward(
                pool, saved.Input, weight, saved.InputScale, normGradient, gradient, pass.WeightGradients is { } g ? g.AttentionNorm.Pointer : null);
        }
    }

    // gate and up read norm(middle).
    private void GateAndUpForward(in LayerPass<T> pass, LayerActivations<T> saved)
    {
        Matrix<T> norm = _norm.Take(saved.Middle.Rows, saved.Middle.Columns);
        RowKernels.RmsNorm(pool, saved.Middle, pass.Weights.FeedForwardNorm.Pointer, _epsilon, norm, saved.MiddleScale);
        _linear.Forward(pass, ProjectionGroup.FeedForwardInput, norm, saved.Low(ProjectionGroup.FeedForwardInput), [saved.Gate, saved.Up]);
    }

    private void FeedForwardBackward(in LayerPass<T> pass, LayerActivations<T> saved, Matrix<T> gradient)
    {
        Matrix<T> product = _product.Take(gradient.Rows, config.IntermediateSize);
        Matrix<T> gate = _gateGradient.Take(gradient.Rows, config.IntermediateSize);
        Matrix<T> up = _upGradient.Take(gradient.Rows, config.IntermediateSize);
        RowKernels.SwiGlu(pool, saved.Gate, saved.Up, product);
        Matrix<T> productGradient = gate;
        _linear.Backward(
            pass, ProjectionGroup.FeedForwardOutput, product, saved.Low(ProjectionGroup.FeedForwardOutput), [gradient], productGradient);
        RowKernels.SwiGluBackward(pool, saved.Gate, saved.Up, productGradient, gate, up);

        Matrix<T> norm = _norm.Take(gradient.Rows, gradient.Columns);
        T* weight = pass.Weights.FeedForwardNorm.Pointer;
        RowKernels.RmsNorm(pool, saved.Middle, weight, _epsilon, norm, saved.MiddleScale);
        Matrix<T> normGradient = _attendedGradient.Take(gradient.Rows, gradient.Columns);
        _linear.Backward(pass, ProjectionGroup.FeedForwardInput, norm, saved.Low(ProjectionGroup.FeedForwardInput), [gate, up], normGradient);
        RowKernels.RmsNormBackward(
            pool, saved.Middle, weight, saved.MiddleScale, normGradient, gradient, pass.WeightGradients is { } g ? g.FeedForwardNorm.Pointer : null);
    }

    private void Rotate(PackedTokens tokens, Matrix<T> query, Matrix<T> key, bool inverse)
    {
        fixed (int* positions = tokens.Positions)
        {
            RowKernels.Rotate(pool, query, config.HeadCount, positions, rotary.Cosines, rotary.Sines, config.RotaryLayout, inverse);
            RowKernels.Rotate(pool, key, config.KeyValueHeadCount, positions, rotary.Cosines, rotary.Sines, config.RotaryLayout, inverse);
        }
    }
}
