using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>A Llama-architecture model, forward and backward. It holds working memory only, so one instance computes one pass at a time.</summary>
internal sealed unsafe class Transformer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TransformerConfig _config;
    private readonly RotaryTable<T> _rotary;
    private readonly TransformerLayer<T> _layer;

    public Transformer(TransformerConfig config, WorkerPool pool)
    {
        _config = config;
        _rotary = new(config);
        _layer = new(config, pool, _rotary);
    }

    /// <summary>Fills the activations, up to what leaves the last layer.</summary>
    public void Forward(in PassTensors<T> tensors, PackedTokens tokens, Activations<T> activations)
    {
        _rotary.Prepare(tokens.Longest);
        activations.Prepare(tensors.Adapter?.Options, tokens.Count);
        Matrix<T> input = activations[0].Input;
        for (int i = 0; i < tokens.Count; i++)
        {
            tensors.Weights.Embedding.CopyRow(tokens.Ids[i], input.Pointer + ((long)i * input.Stride));
        }

        for (int layer = 0; layer < _config.LayerCount; layer++)
        {
            _layer.Forward(new(layer, tensors), tokens, activations[layer], activations.Output(layer));
        }
    }

    /// <summary>Adds to the gradients in <paramref name="tensors"/>.</summary>
    /// <param name="tensors">As in the forward pass, with gradients.</param>
    /// <param name="tokens">As in the forward pass.</param>
    /// <param name="activations">As the forward pass left them.</param>
    /// <param name="gradient">That of what leaves the last layer [tokens, width]; overwritten.</param>
    public void Backward(in PassTensors<T> tensors, PackedTokens tokens, Activations<T> activations, Matrix<T> gradient)
    {
        bool recomputes = activations.Saving == ActivationSaving.WithoutFeedForward;
        for (int layer = _config.LayerCount - 1; layer >= 0; layer--)
        {
            _layer.Backward(new(layer, tensors), tokens, activations[layer], gradient, recomputes, layer > 0 || tensors.WeightGradients is not null);
        }

        if (tensors.WeightGradients is { } gradients)
        {
            AddEmbeddingGradient(gradients.Embedding.Values, tokens, gradient);
        }
    }

    public void Dispose()
    {
        _layer.Dispose();
        _rotary.Dispose();
    }

    private static void AddEmbeddingGradient(Matrix<T> embedding, PackedTokens tokens, Matrix<T> gradient)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            T* from = gradient.Pointer + ((long)i * gradient.Stride);
            T* to = embedding.Pointer + ((long)tokens.Ids[i] * embedding.Stride);
            for (int j = 0; j < gradient.Columns; j++)
            {
                to[j] += from[j];
            }
        }
    }
}
