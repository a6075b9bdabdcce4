using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tensors of one layer in the form that inference reads them.</summary>
internal sealed unsafe class InferenceLayer : IDisposable
{
    private readonly ImmutableArray<FusedWeights> _groups;
    private readonly NativeBuffer<float> _attentionNorm;
    private readonly NativeBuffer<float> _feedForwardNorm;

    /// <param name="config">The model's shape.</param>
    /// <param name="layer">Which layer.</param>
    /// <param name="find">Looks tensors up.</param>
    /// <param name="precision">How products are worked out.</param>
    /// <param name="pool">The threads that pack.</param>
    public InferenceLayer(TransformerConfig config, int layer, Func<string, StoredTensor> find, ActivationPrecision precision, WorkerPool pool)
    {
        _groups =
        [
            .. ProjectionGroup.All.Select(group => new FusedWeights(
                [.. group.Members.Select(member => find(TensorNames.Weight(layer, member)))],
                [.. group.Members.Where(member => member.HasBias(config)).Select(member => find(TensorNames.Bias(layer, member)))],
                precision,
                pool)),
        ];
        _attentionNorm = InferenceWeights.Read(find(TensorNames.AttentionNorm(layer)));
        _feedForwardNorm = InferenceWeights.Read(find(TensorNames.FeedForwardNorm(layer)));
    }

    public float* AttentionNorm => _attentionNorm.Pointer;

    public float* FeedForwardNorm => _feedForwardNorm.Pointer;

    public FusedWeights this[ProjectionGroup group] => _groups[group.Index];

    public void Dispose()
    {
        foreach (IDisposable owned in (IEnumerable<IDisposable>)[.. _groups, _attentionNorm, _feedForwardNorm])
        {
            owned.Dispose();
        }
    }
}
