using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The tensors of one layer, or the gradients of them.</summary>
internal sealed class LayerTensors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Weight<T>[] _weights;
    private readonly Matrix<T>[] _biases;

    public LayerTensors(TransformerConfig config, int layer, Func<string, Weight<T>> matrix, Func<string, Matrix<T>> vector)
    {
        AttentionNorm = vector(TensorNames.AttentionNorm(layer));
        FeedForwardNorm = vector(TensorNames.FeedForwardNorm(layer));
        Projection[] projections = Enum.GetValues<Projection>();
        _weights = [.. projections.Select(projection => matrix(TensorNames.Weight(layer, projection)))];
        _biases = [.. projections.Select(projection => projection.HasBias(config) ? vector(TensorNames.Bias(layer, projection)) : default)];
    }

    /// <summary>[1, width].</summary>
    public Matrix<T> AttentionNorm { get; }

    /// <summary>[1, width].</summary>
    public Matrix<T> FeedForwardNorm { get; }

    public Weight<T> this[Projection projection] => _weights[(int)projection];

    /// <summary>[1, outputs], or the default where the model has none.</summary>
    public Matrix<T> Bias(Projection projection) => _biases[(int)projection];
}
