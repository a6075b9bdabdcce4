namespace Reflexion.LanguageModels;

/// <summary>The tensors of one layer in the form that inference reads them.</summary>
internal sealed unsafe class InferenceLayer : IDisposable
{
    private readonly PackedWeights[] _weights;
    private readonly NativeBuffer<float>?[] _biases;
    private readonly NativeBuffer<float> _attentionNorm;
    private readonly NativeBuffer<float> _feedForwardNorm;

    public InferenceLayer(TransformerConfig config, int layer, Func<string, PackedWeights> matrix, Func<string, NativeBuffer<float>> vector)
    {
        Projection[] projections = Enum.GetValues<Projection>();
        _weights = [.. projections.Select(projection => matrix(TensorNames.Weight(layer, projection)))];
        _biases = [.. projections.Select(projection => projection.HasBias(config) ? vector(TensorNames.Bias(layer, projection)) : null)];
        _attentionNorm = vector(TensorNames.AttentionNorm(layer));
        _feedForwardNorm = vector(TensorNames.FeedForwardNorm(layer));
    }

    public float* AttentionNorm => _attentionNorm.Pointer;

    public float* FeedForwardNorm => _feedForwardNorm.Pointer;

    public PackedWeights this[Projection projection] => _weights[(int)projection];

    /// <summary>One number for each output, or null where the model has none.</summary>
    public float* Bias(Projection projection) => _biases[(int)projection] is { } bias ? bias.Pointer : null;

    public void Dispose()
    {
        foreach (IDisposable? owned in (IDisposable?[])[.. _weights, .. _biases, _attentionNorm, _feedForwardNorm])
        {
            owned?.Dispose();
        }
    }
}
