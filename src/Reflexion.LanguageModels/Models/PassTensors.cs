using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>What a pass through the model computes with.</summary>
/// <param name="Weights">The model.</param>
/// <param name="Adapter">What is added to its matrices, or null.</param>
/// <param name="Dropout">What the adapter's inputs lose.</param>
/// <param name="WeightGradients">Where gradients of the model are summed, or null if it is frozen.</param>
/// <param name="AdapterGradients">Where gradients of the adapter are summed, or null.</param>
internal readonly record struct PassTensors<T>(
    TransformerTensors<T> Weights,
    AdapterTensors<T>? Adapter = null,
    Dropout Dropout = default,
    TransformerTensors<T>? WeightGradients = null,
    AdapterTensors<T>? AdapterGradients = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
