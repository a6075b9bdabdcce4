namespace Reflexion.LanguageModels;

/// <summary>Which two numbers of a head rotate together (RoPE; Su et al. 2021). The two differ by a permutation of the rows of q and k only.</summary>
public enum RotaryLayout
{
    /// <summary>i and i + half the head's size, as Hugging Face stores Llama and Qwen2.</summary>
    Halves,

    /// <summary>2i and 2i + 1, as GGUF stores Llama.</summary>
    Pairs,
}
