using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tensors that a model of a config consists of.</summary>
internal static class ModelShapes
{
    /// <summary>Every tensor's Hugging Face name and shape, layer by layer.</summary>
    public static IEnumerable<(string Name, ImmutableArray<long> Shape)> Of(TransformerConfig config)
    {
        yield return ("model.embed_tokens.weight", [config.VocabularySize, config.HiddenSize]);
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            foreach ((string name, ImmutableArray<long> shape) in OfLayer(config))
            {
                yield return ($"model.layers.{layer}.{name}", shape);
            }
        }

        yield return ("model.norm.weight", [config.HiddenSize]);
        if (!config.TiedEmbeddings)
        {
            yield return ("lm_head.weight", [config.VocabularySize, config.HiddenSize]);
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

    private static IEnumerable<(string Name, ImmutableArray<long> Shape)> OfLayer(TransformerConfig config)
    {
        yield return ("input_layernorm.weight", [config.HiddenSize]);
        yield return ("self_attn.q_proj.weight", [config.QueryWidth, config.HiddenSize]);
        yield return ("self_attn.k_proj.weight", [config.KeyValueWidth, config.HiddenSize]);
        yield return ("self_attn.v_proj.weight", [config.KeyValueWidth, config.HiddenSize]);
        if (config.AttentionBias)
        {
            yield return ("self_attn.q_proj.bias", [config.QueryWidth]);
            yield return ("self_attn.k_proj.bias", [config.KeyValueWidth]);
            yield return ("self_attn.v_proj.bias", [config.KeyValueWidth]);
        }

        yield return ("self_attn.o_proj.weight", [config.HiddenSize, config.QueryWidth]);
        yield return ("post_attention_layernorm.weight", [config.HiddenSize]);
        yield return ("mlp.gate_proj.weight", [config.IntermediateSize, config.HiddenSize]);
        yield return ("mlp.up_proj.weight", [config.IntermediateSize, config.HiddenSize]);
        yield return ("mlp.down_proj.weight", [config.HiddenSize, config.IntermediateSize]);
    }
}
