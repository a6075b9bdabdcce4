using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>All tensors of an adapter, or the gradients of them, as the layers use them.</summary>
internal sealed class AdapterTensors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LoraGroup<T>?[][] _groups;

    public AdapterTensors(TransformerConfig config, LoraOptions options, ParameterBlock<T> block)
    {
        Options = options;
        Scale = T.CreateTruncating(options.Scale);
        _groups = [.. Enumerable.Range(0, config.LayerCount).Select(layer =>
            ProjectionGroup.All.Select(group => LoraGroup<T>.Find(block, options, layer, group)).ToArray())];
        if (options.HasValueHead)
        {
            ValueHead = new(block[AdapterNames.ValueHeadWeight], block[AdapterNames.ValueHeadBias]);
        }
    }

    public LoraOptions Options { get; }

    public T Scale { get; }

    public ValueHead<T>? ValueHead { get; }

    /// <summary>The adapters of a group of matrices, or null if none of them is a target.</summary>
    public LoraGroup<T>? Group(int layer, ProjectionGroup group) => _groups[layer][group.Index];
}
