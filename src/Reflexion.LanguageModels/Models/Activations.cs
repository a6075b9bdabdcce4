using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The activations of one pass: kept for a backward pass, or one layer's memory used again and again.</summary>
internal sealed class Activations<T>(TransformerConfig config, ActivationSaving saving) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerActivations<T>[] _layers =
        [.. Enumerable.Range(0, saving == ActivationSaving.None ? 1 : config.LayerCount).Select(_ => new LayerActivations<T>())];

    private readonly GrowingBuffer<T> _gateAndUp = new();
    private readonly GrowingBuffer<T> _final = new();

    public ActivationSaving Saving => saving;

    /// <summary>What leaves the last layer, before the final norm: [tokens, width].</summary>
    public Matrix<T> Final { get; private set; }

    public LayerActivations<T> this[int layer] => _layers[saving == ActivationSaving.None ? 0 : layer];

    /// <summary>Where a layer's output goes: the next layer's input.</summary>
    public Matrix<T> Output(int layer) => layer + 1 < config.LayerCount ? this[layer + 1].Input : Final;

    public void Prepare(LoraOptions? adapter, int tokens)
    {
        Matrix<T> shared = saving == ActivationSaving.WithoutFeedForward ? _gateAndUp.Take(2 * tokens, config.IntermediateSize) : default;
        foreach (LayerActivations<T> layer in _layers)
        {
            layer.Prepare(config, adapter, tokens, shared);
        }

        Final = _final.Take(tokens, config.HiddenSize);
    }

    public void Dispose()
    {
        foreach (LayerActivations<T> layer in _layers)
        {
            layer.Dispose();
        }

        _gateAndUp.Dispose();
        _final.Dispose();
    }
}
