namespace Reflexion.LanguageModels;

/// <summary>Writes a model as a GGUF file that llama.cpp and this package read.</summary>
internal static class GgufModelWriter
{
    private const string TokenizerPrefix = "tokenizer.ggml.";

    /// <summary>Writes a model: vectors as F32, matrices in the type asked for, and as F16 where its blocks do not fit their rows.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="config">The model's shape. A model with biases is written as Qwen2, any other as Llama, rows in the layout of these.</param>
    /// <param name="tensors">All of the model's tensors, under Hugging Face's names.</param>
    /// <param name="type">F32, F16, BF16 or Q8_0.</param>
    /// <param name="tokenizer">What is stored as the tokenizer, or null for none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static Task WriteAsync(
        string path,
        TransformerConfig config,
        IReadOnlyList<NamedTensor> tensors,
        StorageType type = StorageType.F32,
        TokenizerSpec? tokenizer = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tensors);
        RotaryLayout layout = config.AttentionBias ? RotaryLayout.Halves : RotaryLayout.Pairs;
        List<(NamedTensor, StorageType)> written = [.. tensors.Select(tensor => (Converted(tensor, config, layout), TypeFor(tensor, type)))];
        if (!config.RopeFactors.IsEmpty)
        {
            written.Add((new(GgufConfig.RopeFactors, [config.RopeFactors.Length], config.RopeFactors.AsMemory()), StorageType.F32));
        }

        return GgufWriter.WriteAsync(path, [.. Describe(config), .. tokenizer is null ? [] : Describe(tokenizer)], written, cancellationToken);
    }

    private static NamedTensor Converted(NamedTensor tensor, TransformerConfig config, RotaryLayout layout) =>
        RotaryRows.Convert(tensor, config.HeadSize, config.RotaryLayout, layout) with
        {
            Name = GgufNames.FromHuggingFace(tensor.Name) ?? throw new ArgumentException($"GGUF has no name for the tensor '{tensor.Name}'.", nameof(tensor)),
        };

    private static StorageType TypeFor(NamedTensor tensor, StorageType type) =>
        tensor.Shape.Length == 1 ? StorageType.F32
        : tensor.Shape[^1] % Dequantizer.BlockSize(type) == 0 ? type
        : StorageType.F16;

    private static IEnumerable<KeyValuePair<string, object>> Describe(TransformerConfig config)
    {
        string architecture = config.AttentionBias ? GgufConfig.Qwen2 : GgufConfig.Llama;
        yield return new(GgufConfig.ArchitectureKey, architecture);
        yield return new($"{architecture}.vocab_size", (uint)config.VocabularySize);
        yield return new($"{architecture}.context_length", (uint)config.ContextLength);
        yield return new($"{architecture}.embedding_length", (uint)config.HiddenSize);
        yield return new($"{architecture}.block_count", (uint)config.LayerCount);
        yield return new($"{architecture}.feed_forward_length", (uint)config.IntermediateSize);
        yield return new($"{architecture}.attention.head_count", (uint)config.HeadCount);
        yield return new($"{architecture}.attention.head_count_kv", (uint)config.KeyValueHeadCount);
        yield return new($"{architecture}.attention.key_length", (uint)config.HeadSize);
        yield return new($"{architecture}.attention.value_length", (uint)config.HeadSize);
        yield return new($"{architecture}.attention.layer_norm_rms_epsilon", config.NormEpsilon);
        yield return new($"{architecture}.rope.dimension_count", (uint)config.HeadSize);
        yield return new($"{architecture}.rope.freq_base", (float)config.RopeBase);
    }

    private static IEnumerable<KeyValuePair<string, object>> Describe(TokenizerSpec tokenizer) => new Dictionary<string, object?>
    {
        [TokenizerPrefix + "model"] = tokenizer.Kind == TokenizerKind.ByteLevel ? "gpt2" : "llama",
        [TokenizerPrefix + "pre"] = tokenizer.PreTokenizer,
        [TokenizerPrefix + "tokens"] = tokenizer.Tokens.ToArray(),
        [TokenizerPrefix + "token_type"] = Unless(tokenizer.TokenTypes.IsEmpty, tokenizer.TokenTypes.Select(type => (int)type).ToArray()),
        [TokenizerPrefix + "scores"] = Unless(tokenizer.Scores.IsEmpty, tokenizer.Scores.ToArray()),
        [TokenizerPrefix + "merges"] = Unless(tokenizer.Merges.IsEmpty, tokenizer.Merges.ToArray()),
        [TokenizerPrefix + "bos_token_id"] = (uint?)tokenizer.BosId,
        [TokenizerPrefix + "eos_token_id"] = (uint?)tokenizer.EosId,
        [TokenizerPrefix + "eot_token_id"] = (uint?)tokenizer.EotId,
        [TokenizerPrefix + "unknown_token_id"] = (uint?)tokenizer.UnknownId,
        [TokenizerPrefix + "padding_token_id"] = (uint?)tokenizer.PadId,
        [TokenizerPrefix + "add_bos_token"] = tokenizer.AddBos,
        [TokenizerPrefix + "add_eos_token"] = tokenizer.AddEos,
        [TokenizerPrefix + "add_space_prefix"] = tokenizer.AddSpacePrefix,
        ["tokenizer.chat_template"] = tokenizer.ChatTemplate,
    }.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!));

    private static Array? Unless(bool empty, Array values) => empty ? null : values;
}
