using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The shape of a Llama-architecture model: RMSNorm, rotary positions, grouped-query attention, SwiGLU.</summary>
public sealed record TransformerConfig
{
    /// <summary>Number of tokens in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the feed-forward layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Number of key and value heads; divides <see cref="HeadCount"/>.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Numbers in a head; even. Default: <see cref="HiddenSize"/> / <see cref="HeadCount"/>.</summary>
    public int HeadSize { get => field > 0 ? field : HiddenSize / HeadCount; init; }

    /// <summary>Most positions the model was made for.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Base of the rotary frequencies: pair i turns by position · base^(−2i / head size).</summary>
    public double RopeBase { get; init; } = 10_000;

    /// <summary>
    /// What the frequency of each of the head's pairs is divided by, so that more positions can be told apart (Llama 3's and linear
    /// scaling); half the head's size of positive numbers. Default: empty, nothing is divided.
    /// </summary>
    public ImmutableArray<float> RopeFactors { get; init; } = [];

    /// <summary>Which numbers rotate together.</summary>
    public RotaryLayout RotaryLayout { get; init; }

    /// <summary>Whether the head reads the token embeddings' matrix.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether q, k and v have biases, as in Qwen2.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>By how many radians a pair of a head turns from one position to the next.</summary>
    internal double RopeFrequency(int pair) => Math.Pow(RopeBase, -2.0 * pair / HeadSize) / (RopeFactors.IsDefaultOrEmpty ? 1 : RopeFactors[pair]);

    /// <summary>Width of all query heads.</summary>
    internal int QueryWidth => HeadCount * HeadSize;

    /// <summary>Width of all key heads, and of all value heads.</summary>
    internal int KeyValueWidth => KeyValueHeadCount * HeadSize;
}
