using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A model's shape from a GGUF file's metadata, under its architecture's prefix.</summary>
internal static class GgufConfig
{
    public const string ArchitectureKey = "general.architecture";
    public const string Llama = "llama";
    public const string Qwen2 = "qwen2";
    public const string RopeFactors = "rope_freqs.weight";

    private const string SplitCountKey = "split.count";

    /// <exception cref="ModelFormatException">The architecture, or something it asks for, is not supported; or a number is missing or wrong.</exception>
    public static TransformerConfig Read(GgufFile file)
    {
        string architecture = file.Metadata.RequireString(ArchitectureKey);
        if (architecture is not (Llama or Qwen2))
        {
            throw Refused(file, $"the architecture '{architecture}' is not supported; '{Llama}' and '{Qwen2}' are");
        }

        RefuseUnsupported(file, architecture);
        int heads = Require(file, architecture, "attention.head_count");
        var config = new TransformerConfig
        {
            VocabularySize = VocabularySize(file),
            HiddenSize = Require(file, architecture, "embedding_length"),
            IntermediateSize = Require(file, architecture, "feed_forward_length"),
            LayerCount = Require(file, architecture, "block_count"),
            HeadCount = heads,
            KeyValueHeadCount = file.Metadata.GetInt32($"{architecture}.attention.head_count_kv") ?? heads,
            HeadSize = file.Metadata.GetInt32($"{architecture}.attention.key_length") ?? 0,
            ContextLength = Require(file, architecture, "context_length"),
            NormEpsilon = (float)file.Metadata.RequireNumber($"{architecture}.attention.layer_norm_rms_epsilon"),
            RopeBase = file.Metadata.GetNumber($"{architecture}.rope.freq_base") ?? 10_000,
            RopeFactors = ReadRopeFactors(file),
            RotaryLayout = architecture == Llama ? RotaryLayout.Pairs : RotaryLayout.Halves,
            TiedEmbeddings = file.Find("lm_head.weight") is null,
            AttentionBias = architecture == Qwen2 || file.Find("model.layers.0.self_attn.q_proj.bias") is not null,
        };
        RefuseOtherHeads(file, architecture, ConfigLimits.Checked(file.Name, config));
        return config;
    }

    private static int Require(GgufFile file, string architecture, string key) => file.Metadata.RequireInt32($"{architecture}.{key}");

    private static int VocabularySize(GgufFile file)
    {
        StoredTensor embeddings = file.Find("model.embed_tokens.weight")
            ?? throw Refused(file, "the tensor 'token_embd.weight' is missing, so the file holds a vocabulary or a part of a model only");
        return (int)Math.Min(int.MaxValue, embeddings.Shape[0]);
    }

    private static void RefuseUnsupported(GgufFile file, string architecture)
    {
        if (file.Metadata.GetInt32(SplitCountKey) > 1)
        {
            throw Refused(file, "the file is one part of a model. Join the parts with llama.cpp's gguf-split first");
        }

        if (file.Metadata.GetInt32($"{architecture}.expert_count") > 0)
        {
            throw Refused(file, "mixtures of experts are not supported");
        }

        if (file.Find("model.layers.0.self_attn.o_proj.bias") is not null)
        {
            throw Refused(file, "a bias of the attention's output ('attn_output.bias') is not supported");
        }

        string scaling = file.Metadata.GetString($"{architecture}.rope.scaling.type") ?? "linear";
        double factor = file.Metadata.GetNumber($"{architecture}.rope.scaling.factor") ?? file.Metadata.GetNumber($"{architecture}.rope.scale_linear") ?? 1;
        if (scaling != "none" && factor is not (0 or 1))
        {
            throw Refused(file, $"scaling of rotary positions of the kind '{scaling}' (factor {factor}) is not supported");
        }
    }

    private static void RefuseOtherHeads(GgufFile file, string architecture, TransformerConfig config)
    {
        foreach (string key in (string[])["rope.dimension_count", "attention.value_length"])
        {
            if (file.Metadata.GetInt32($"{architecture}.{key}") is { } size && size != config.HeadSize)
            {
                throw Refused(file, $"'{architecture}.{key}' is {size} and the head size {config.HeadSize}; only equal ones are supported");
            }
        }
    }

    private static unsafe ImmutableArray<float> ReadRopeFactors(GgufFile file)
    {
        if (file.Find(RopeFactors) is not { } tensor)
        {
            return [];
        }

        return tensor is { Type: StorageType.F32, Shape: [> 0 and <= 1 << 16] }
            ? [.. new ReadOnlySpan<float>(tensor.Data, (int)tensor.Shape[0])]
            : throw Refused(file, $"the tensor '{RopeFactors}' is {tensor.Type} of shape {TensorShape.Text(tensor.Shape)}; a row of F32 is expected");
    }

    private static ModelFormatException Refused(GgufFile file, string problem) => new(file.Name, $"{problem}.");
}
