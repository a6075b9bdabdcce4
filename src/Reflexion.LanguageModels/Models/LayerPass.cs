using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>What one layer computes with: its weights, its adapters, and where gradients go.</summary>
internal readonly record struct LayerPass<T>(int Layer, PassTensors<T> Tensors)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public LayerTensors<T> Weights => Tensors.Weights.Layers[Layer];

    /// <summary>Null when the weights are frozen.</summary>
    public LayerTensors<T>? WeightGradients => Tensors.WeightGradients?.Layers[Layer];

    public LoraGroup<T>? Adapter(ProjectionGroup group) => Tensors.Adapter?.Group(Layer, group);

    public LoraGroup<T>? AdapterGradient(ProjectionGroup group) => Tensors.AdapterGradients?.Group(Layer, group);

    /// <summary>Tells apart the dropout masks of a pass.</summary>
    public int Place(ProjectionGroup group) => (Layer * ProjectionGroup.All.Length) + group.Index;
}
