using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tensors of a Llama-architecture model under Hugging Face's names.</summary>
internal static class TensorNames
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";

    public static string AttentionNorm(int layer) => $"model.layers.{layer}.input_layernorm.weight";

    public static string FeedForwardNorm(int layer) => $"model.layers.{layer}.post_attention_layernorm.weight";

    public static string Weight(int layer, Projection projection) => $"model.layers.{layer}.{projection.PathInLayer()}.weight";

    public static string Bias(int layer, Projection projection) => $"model.layers.{layer}.{projection.PathInLayer()}.bias";

    /// <summary>Every tensor that a model of this shape has.</summary>
    public static ImmutableArray<TensorSlot> All(TransformerConfig config) =>
        [.. ModelShapes.Of(config).Select(tensor => new TensorSlot(tensor.Name, tensor.Shape.Length == 1 ? 1 : (int)tensor.Shape[0], (int)tensor.Shape[^1]))];
}
