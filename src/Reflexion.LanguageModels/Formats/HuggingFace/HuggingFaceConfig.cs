using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>A model's shape from Hugging Face's <c>config.json</c>, and back.</summary>
internal static class HuggingFaceConfig
{
    public const string FileName = "config.json";

    private const string Llama = "llama";
    private const string Qwen2 = "qwen2";

    /// <exception cref="ModelFormatException">The kind of model, or something it asks for, is not supported; or a field is missing or wrong.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static TransformerConfig Read(string path)
    {
        using JsonDocument document = JsonFile.Open(path);
        JsonFields fields = new(path, document.RootElement);
        string kind = fields.RequireString("model_type");
        if (kind is not (Llama or Qwen2))
        {
            throw new ModelFormatException(path, $"models of the type '{kind}' are not supported; '{Llama}' and '{Qwen2}' are.");
        }

        RefuseUnsupported(fields);
        return ConfigLimits.Checked(path, HuggingFaceRope.Read(fields, ReadShape(fields, kind)));
    }

    /// <summary>Writes the object. A model whose heads have biases is written as Qwen2, any other as Llama.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="config">A model whose rotary layout is <see cref="RotaryLayout.Halves"/>.</param>
    /// <param name="type">How its tensors are stored.</param>
    public static void Write(Utf8JsonWriter json, TransformerConfig config, StorageType type)
    {
        json.WriteStartObject();
        json.WriteStartArray("architectures");
        json.WriteStringValue(config.AttentionBias ? "Qwen2ForCausalLM" : "LlamaForCausalLM");
        json.WriteEndArray();
        json.WriteString("model_type", config.AttentionBias ? Qwen2 : Llama);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("vocab_size", config.VocabularySize);
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteNumber("num_hidden_layers", config.LayerCount);
        json.WriteNumber("num_attention_heads", config.HeadCount);
        json.WriteNumber("num_key_value_heads", config.KeyValueHeadCount);
        json.WriteNumber("head_dim", config.HeadSize);
        json.WriteNumber("max_position_embeddings", config.ContextLength);
        json.WriteNumber("rms_norm_eps", config.NormEpsilon);
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        if (!config.AttentionBias)
        {
            json.WriteBoolean("attention_bias", false);
        }

        HuggingFaceRope.Write(json, config);
        json.WriteString("torch_dtype", SafetensorsTypes.TorchNameOf(type));
        json.WriteEndObject();
    }

    private static TransformerConfig ReadShape(JsonFields fields, string kind)
    {
        int heads = fields.RequireInt32("num_attention_heads");
        return new()
        {
            VocabularySize = fields.RequireInt32("vocab_size"),
            HiddenSize = fields.RequireInt32("hidden_size"),
            IntermediateSize = fields.RequireInt32("intermediate_size"),
            LayerCount = fields.RequireInt32("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = fields.GetInt32("num_key_value_heads") ?? heads,
            HeadSize = fields.GetInt32("head_dim") ?? 0,
            ContextLength = fields.GetInt32("max_position_embeddings") ?? (kind == Llama ? 2_048 : 32_768),
            NormEpsilon = (float)(fields.GetNumber("rms_norm_eps") ?? 1e-6),
            RotaryLayout = RotaryLayout.Halves,
            TiedEmbeddings = fields.GetBoolean("tie_word_embeddings") ?? false,
            AttentionBias = kind == Qwen2,
        };
    }

    private static void RefuseUnsupported(JsonFields fields)
    {
        fields.Refuse(fields.GetString("hidden_act") is not (null or "silu"), "hidden_act", "the activation \"silu\"");
        fields.Refuse(fields.GetBoolean("attention_bias") == true, "attention_bias", "false (Llama's would add a bias to o_proj too, which is not supported)");
        fields.Refuse(fields.GetBoolean("mlp_bias") == true, "mlp_bias", "false");
        fields.Refuse(fields.GetBoolean("use_sliding_window") == true, "use_sliding_window", "false");
        fields.Refuse(fields.GetNumber("partial_rotary_factor") is not (null or 1), "partial_rotary_factor", "1");
        fields.Refuse(fields.Contains("quantization_config"), "quantization_config", "a model that is not quantised (or quantised as GGUF)");
    }
}
