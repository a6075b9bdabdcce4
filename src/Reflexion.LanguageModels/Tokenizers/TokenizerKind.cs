namespace Reflexion.LanguageModels;

/// <summary>How a vocabulary was made, and so how text becomes its tokens.</summary>
internal enum TokenizerKind
{
    /// <summary>Byte-pair encoding over bytes (GPT-2, SmolLM2, Qwen2, Llama 3): tokens spell bytes in GPT-2's letters, merges have ranks. GGUF: <c>gpt2</c>.</summary>
    ByteLevel,

    /// <summary>Byte-pair encoding over characters with byte fallback (Llama 2, TinyLlama, Mistral): tokens have scores, "▁" is a space. GGUF: <c>llama</c>.</summary>
    SentencePiece,
}
