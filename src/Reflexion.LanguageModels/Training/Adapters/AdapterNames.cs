using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>The tensors of an adapter under PEFT's names.</summary>
internal static class AdapterNames
{
    public const string SuffixA = ".lora_A.weight";
    public const string SuffixB = ".lora_B.weight";
    public const string ValueHeadWeight = "value_head.weight";
    public const string ValueHeadBias = "value_head.bias";

    public static string A(int layer, Projection projection) => Prefix(layer, projection) + SuffixA;

    public static string B(int layer, Projection projection) => Prefix(layer, projection) + SuffixB;

    /// <summary>Every tensor of an adapter. The A of matrices that read the same input are neighbours.</summary>
    public static ImmutableArray<TensorSlot> All(TransformerConfig config, LoraOptions options)
    {
        ImmutableArray<TensorSlot>.Builder slots = ImmutableArray.CreateBuilder<TensorSlot>();
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            foreach (ProjectionGroup group in ProjectionGroup.All)
            {
                Projection[] targets = [.. group.Members.Where(options.Has)];
                slots.AddRange(targets.Select(target => new TensorSlot(A(layer, target), options.Rank, target.Inputs(config))));
                slots.AddRange(targets.Select(target => new TensorSlot(B(layer, target), target.Outputs(config), options.Rank)));
            }
        }

        if (options.HasValueHead)
        {
            slots.Add(new(ValueHeadWeight, 1, config.HiddenSize));
            slots.Add(new(ValueHeadBias, 1, 1));
        }

        return slots.ToImmutable();
    }

    private static string Prefix(int layer, Projection projection) => $"base_model.model.model.layers.{layer}.{projection.PathInLayer()}";
}
