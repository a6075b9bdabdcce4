using System.Collections.Immutable;
using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>All tensors of a model, or the gradients of them, as the layers use them.</summary>
internal sealed class TransformerTensors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Looks up each tensor that a model of this shape has.</summary>
    public TransformerTensors(TransformerConfig config, Func<string, Weight<T>> matrix, Func<string, Matrix<T>> vector)
    {
        Embedding = matrix(TensorNames.Embedding);
        FinalNorm = vector(TensorNames.FinalNorm);
        Head = config.TiedEmbeddings ? Embedding : matrix(TensorNames.Head);
        Layers = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new LayerTensors<T>(config, layer, matrix, vector))];
    }

    /// <summary>Views of a block that holds the tensors of <see cref="TensorNames.All"/>.</summary>
    public TransformerTensors(TransformerConfig config, ParameterBlock<T> block)
        : this(config, name => new(block[name]), name => block[name])
    {
    }

    /// <summary>[vocabulary, width].</summary>
    public Weight<T> Embedding { get; }

    /// <summary>[1, width].</summary>
    public Matrix<T> FinalNorm { get; }

    /// <summary>[vocabulary, width]; the embedding where the two are tied.</summary>
    public Weight<T> Head { get; }

    public ImmutableArray<LayerTensors<T>> Layers { get; }
}
