using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>One layer, forward and backward: x + attention(norm(x)), then that + feed-forward(norm(that)).</summary>
internal sealed unsafe class TransformerLayer<T>(TransformerConfig config, WorkerPool pool) : IDisposable
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
    private readonly AttentionShape _shape = new(config.HeadCount, config.KeyValueHeadCount, config.HeadSize);
    private RotaryTable<T> _rotary = new(0, config);

    /// <summary>Makes sure that the angles of so many positions are there.</summary>
    public void Prepare(int positions)
    {
        if (_rotary.Positions < positions)
        {
            _rotary.Dispose();
            _rotary = new(Math.Max(positions, Math.Min(config.ContextLength, 2 * positions)), config);
        }
    }

    /// <summary>Forward: <paramref name="saved"/> holds the input; the output [tokens, width] is written.</summary>
    public void Forward(in LayerPass<T> pass, PackedTokens tokens, LayerActivations<T> saved, Matrix<T> output)
    {
        AttentionForward(pass, tokens, saved);
        GateAndUpForward(pass, saved);
        Matrix<T> product = _product.Take(output.Rows, config.IntermediateSize);
        SwiGlu.Forward(pool, saved.Gate, saved.Up, product);
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
        _rotary.Dispose();
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
        RmsNorm.Forward(pool, x, pass.Weights.AttentionNorm.Pointer, _epsilon, norm, saved.InputScale);
        _linear.Forward(pass, ProjectionGroup.AttentionInput, norm, saved.Low(ProjectionGroup.AttentionInput), [saved.Query, saved.Key, saved.Value]);
        Rotate(tokens, saved.Query, saved.Key, inverse: false);
        Attention.Forward(pool, _shape, tokens.Segments, saved.Query, saved.Key, saved.Value, saved.Attended, saved.LogSums);
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
            pool, _shape, tokens.Segments, saved.Query, saved.Key, saved.Value, saved.Attended, saved.LogSums, attended, query, key, value);
        Rotate(tokens, query, key, inverse: true);

        Matrix<T> norm = _norm.Take(gradient.Rows, gradient.Columns);
        T* weight = pass.Weights.AttentionNorm.Pointer;
        RmsNorm.Forward(pool, saved.Input, weight, _epsilon, norm, saved.InputScale);
        Matrix<T> normGradient = wantsInput ? _attendedGradient.Take(gradient.Rows, gradient.Columns) : default;
        _linear.Backward(
            pass, ProjectionGroup.AttentionInput, norm, saved.Low(ProjectionGroup.AttentionInput), [query, key, value], normGradient);
        if (wantsInput)
        {
            RmsNorm.Backward(
                pool, normGradient, saved.Input, weight, saved.InputScale, gradient, accumulate: true,
                pass.WeightGradients is { } gradients ? gradients.AttentionNorm.Pointer : null);
        }
    }

    // gate and up read norm(middle).
    private void GateAndUpForward(in LayerPass<T> pass, LayerActivations<T> saved)
    {
        Matrix<T> norm = _norm.Take(saved.Middle.Rows, saved.Middle.Columns);
        RmsNorm.Forward(pool, saved.Middle, pass.Weights.FeedForwardNorm.Pointer, _epsilon, norm, saved.MiddleScale);
        _linear.Forward(pass, ProjectionGroup.FeedForwardInput, norm, saved.Low(ProjectionGroup.FeedForwardInput), [saved.Gate, saved.Up]);
    }

    private void FeedForwardBackward(in LayerPass<T> pass, LayerActivations<T> saved, Matrix<T> gradient)
    {
        Matrix<T> product = _product.Take(gradient.Rows, config.IntermediateSize);
        Matrix<T> gate = _gateGradient.Take(gradient.Rows, config.IntermediateSize);
        Matrix<T> up = _upGradient.Take(gradient.Rows, config.IntermediateSize);
        SwiGlu.Forward(pool, saved.Gate, saved.Up, product);
        Matrix<T> productGradient = gate;
        _linear.Backward(
            pass, ProjectionGroup.FeedForwardOutput, product, saved.Low(ProjectionGroup.FeedForwardOutput), [gradient], productGradient);
        SwiGlu.Backward(pool, productGradient, saved.Gate, saved.Up, gate, up);

        Matrix<T> norm = _norm.Take(gradient.Rows, gradient.Columns);
        T* weight = pass.Weights.FeedForwardNorm.Pointer;
        RmsNorm.Forward(pool, saved.Middle, weight, _epsilon, norm, saved.MiddleScale);
        Matrix<T> normGradient = _attendedGradient.Take(gradient.Rows, gradient.Columns);
        _linear.Backward(pass, ProjectionGroup.FeedForwardInput, norm, saved.Low(ProjectionGroup.FeedForwardInput), [gate, up], normGradient);
        RmsNorm.Backward(
            pool, normGradient, saved.Middle, weight, saved.MiddleScale, gradient, accumulate: true,
            pass.WeightGradients is { } gradients ? gradients.FeedForwardNorm.Pointer : null);
    }

    private void Rotate(PackedTokens tokens, Matrix<T> query, Matrix<T> key, bool inverse)
    {
        fixed (int* positions = tokens.Positions)
        {
            Rotary.Turn(pool, query, positions, _rotary, inverse);
            Rotary.Turn(pool, key, positions, _rotary, inverse);
        }
    }
}
