using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>What a layer's forward pass leaves for its backward pass. Norms, the SwiGLU product and attention weights are worked out again.</summary>
internal sealed unsafe class LayerActivations<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Alignment = 16;

    private readonly GrowingBuffer<T> _memory = new();
    private readonly Matrix<T>[] _low = new Matrix<T>[ProjectionGroup.All.Length];
    private T* _next;

    /// <summary>What enters the layer: [tokens, width].</summary>
    public Matrix<T> Input { get; private set; }

    /// <summary>1 / rms of the input: [tokens].</summary>
    public T* InputScale { get; private set; }

    /// <summary>Queries after rotation: [tokens, query width].</summary>
    public Matrix<T> Query { get; private set; }

    /// <summary>Keys after rotation: [tokens, key width].</summary>
    public Matrix<T> Key { get; private set; }

    /// <summary>[tokens, key width].</summary>
    public Matrix<T> Value { get; private set; }

    /// <summary>The heads' outputs: [tokens, query width].</summary>
    public Matrix<T> Attended { get; private set; }

    /// <summary>Log-sum-exp of the attention's scores: [tokens, heads].</summary>
    public T* LogSumExp { get; private set; }

    /// <summary>What enters the feed-forward half: [tokens, width].</summary>
    public Matrix<T> Middle { get; private set; }

    /// <summary>1 / rms of the middle: [tokens].</summary>
    public T* MiddleScale { get; private set; }

    /// <summary>[tokens, feed-forward width].</summary>
    public Matrix<T> Gate { get; private set; }

    /// <summary>[tokens, feed-forward width].</summary>
    public Matrix<T> Up { get; private set; }

    /// <summary>The adapters' inner activations, scaled: [tokens, targets · rank]; the default where a group has no target.</summary>
    public Matrix<T> Low(ProjectionGroup group) => _low[group.Index];

    /// <summary>Lays the tensors out for a number of tokens.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="adapter">The adapter's shape, or null.</param>
    /// <param name="tokens">How many tokens.</param>
    /// <param name="gateAndUp">Where gate and up go when layers share them: [2 · tokens, feed-forward width]; the default to keep them here.</param>
    public void Prepare(TransformerConfig config, LoraOptions? adapter, int tokens, Matrix<T> gateAndUp)
    {
        long perToken = (2L * config.HiddenSize) + (2L * config.QueryWidth) + (2L * config.KeyValueWidth) + config.HeadCount + 2;
        perToken += gateAndUp.Rows > 0 ? 0 : 2L * config.IntermediateSize;
        foreach (ProjectionGroup group in ProjectionGroup.All)
        {
            perToken += adapter?.TargetsIn(group) * adapter?.Rank ?? 0;
        }

        _next = _memory.Take((perToken * tokens) + (16 * Alignment));

        Input = Carve(tokens, config.HiddenSize);
        Query = Carve(tokens, config.QueryWidth);
        Key = Carve(tokens, config.KeyValueWidth);
        Value = Carve(tokens, config.KeyValueWidth);
        Attended = Carve(tokens, config.QueryWidth);
        Middle = Carve(tokens, config.HiddenSize);
        Gate = gateAndUp.Rows > 0 ? gateAndUp.RowsFrom(0, tokens) : Carve(tokens, config.IntermediateSize);
        Up = gateAndUp.Rows > 0 ? gateAndUp.RowsFrom(tokens, tokens) : Carve(tokens, config.IntermediateSize);
        InputScale = Carve(1, tokens).Pointer;
        MiddleScale = Carve(1, tokens).Pointer;
        LogSumExp = Carve(tokens, config.HeadCount).Pointer;
        foreach (ProjectionGroup group in ProjectionGroup.All)
        {
            int targets = adapter?.TargetsIn(group) ?? 0;
            _low[group.Index] = targets == 0 ? default : Carve(tokens, targets * adapter!.Rank);
        }
    }

    public void Dispose() => _memory.Dispose();

    private Matrix<T> Carve(int rows, int columns)
    {
        T* start = _next;
        _next += (((long)rows * columns) + Alignment - 1) / Alignment * Alignment;
        return new(start, rows, columns);
    }
}
