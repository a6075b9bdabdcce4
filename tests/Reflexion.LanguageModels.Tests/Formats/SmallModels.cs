using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Configurations and random tensors of models that fit into a few kilobytes.</summary>
internal static class SmallModels
{
    internal static TransformerConfig Llama { get; } = new()
    {
        VocabularySize = 11,
        HiddenSize = 32,
        IntermediateSize = 64,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 2,
        HeadSize = 8,
        ContextLength = 128,
        NormEpsilon = 1e-6f,
        RopeBase = 50_000,
        TiedEmbeddings = true,
    };

    internal static TransformerConfig Qwen2 { get; } = Llama with { AttentionBias = true, TiedEmbeddings = false, HeadSize = 10 };

    internal static NamedTensor[] Tensors(TransformerConfig config, int seed = 1)
    {
        var random = new Random(seed);
        return [.. ModelShapes.Of(config).Select(tensor => Random(tensor.Name, tensor.Shape, random))];
    }

    internal static NamedTensor Random(string name, ImmutableArray<long> shape, Random random) =>
        new(name, shape, Enumerable.Range(0, (int)shape.Aggregate(1L, (count, extent) => count * extent)).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray());

    internal static PeftAdapter Adapter(TransformerConfig model, PeftAdapterConfig config, int seed = 2)
    {
        var random = new Random(seed);
        return new(config, [.. PeftNames.Of(model, config).Select(tensor => Random(tensor.Name, tensor.Shape, random))]);
    }
}
