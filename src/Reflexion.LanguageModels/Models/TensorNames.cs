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
    public static IEnumerable<TensorSlot> All(TransformerConfig config)
    {
        yield return new(Embedding, config.VocabularySize, config.HiddenSize);
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            yield return new(AttentionNorm(layer), 1, config.HiddenSize);
            yield return new(FeedForwardNorm(layer), 1, config.HiddenSize);
            foreach (Projection projection in Enum.GetValues<Projection>())
            {
                yield return new(Weight(layer, projection), projection.Outputs(config), projection.Inputs(config));
                if (projection.HasBias(config))
                {
                    yield return new(Bias(layer, projection), 1, projection.Outputs(config));
                }
            }
        }

        yield return new(FinalNorm, 1, config.HiddenSize);
        if (!config.TiedEmbeddings)
        {
            yield return new(Head, config.VocabularySize, config.HiddenSize);
        }
    }
}
