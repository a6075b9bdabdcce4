using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tensors that a model of a config consists of.</summary>
internal static class ModelShapes
{
    /// <summary>Every tensor's Hugging Face name and shape, layer by layer.</summary>
    public static IEnumerable<(string Name, ImmutableArray<long> Shape)> Of(TransformerConfig config)
    {
        yield return (TensorNames.Embedding, [config.VocabularySize, config.HiddenSize]);
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            foreach ((string Name, ImmutableArray<long> Shape) tensor in OfLayer(config, layer))
            {
                yield return tensor;
            }
        }

        yield return (TensorNames.FinalNorm, [config.HiddenSize]);
        if (!config.TiedEmbeddings)
        {
            yield return (TensorNames.Head, [config.VocabularySize, config.HiddenSize]);
        }
    }

    /// <summary>Refuses a model that lacks a tensor, or has one of another shape.</summary>
    /// <exception cref="ModelFormatException">Names the tensor.</exception>
    public static void Check(IModelSource source, TransformerConfig config)
    {
        foreach ((string name, ImmutableArray<long> shape) in Of(config))
        {
            StoredTensor tensor = source.Find(name) ?? throw new ModelFormatException(
                source.Name, $"the tensor '{name}' is missing. Use a complete file of the model; an adapter alone is none.");
            if (!tensor.Shape.SequenceEqual(shape))
            {
                throw new ModelFormatException(
                    source.Name, $"the tensor '{name}' has the shape {TensorShape.Text(tensor.Shape)}; {TensorShape.Text(shape)} follows from the model's configuration. The file is damaged; download it again.");
            }
        }
    }

    private static IEnumerable<(string Name, ImmutableArray<long> Shape)> OfLayer(TransformerConfig config, int layer) =>
    [
        (TensorNames.AttentionNorm(layer), [config.HiddenSize]),
        .. OfGroup(config, layer, ProjectionGroup.AttentionInput),
        .. OfGroup(config, layer, ProjectionGroup.AttentionOutput),
        (TensorNames.FeedForwardNorm(layer), [config.HiddenSize]),
        .. OfGroup(config, layer, ProjectionGroup.FeedForwardInput),
        .. OfGroup(config, layer, ProjectionGroup.FeedForwardOutput),
    ];

    private static IEnumerable<(string Name, ImmutableArray<long> Shape)> OfGroup(TransformerConfig config, int layer, ProjectionGroup group)
    {
        foreach (Projection projection in group.Members)
        {
            yield return (TensorNames.Weight(layer, projection), [projection.Outputs(config), projection.Inputs(config)]);
        }

        foreach (Projection projection in group.Members.Where(member => member.HasBias(config)))
        {
            yield return (TensorNames.Bias(layer, projection), [projection.Outputs(config)]);
        }
    }
}
