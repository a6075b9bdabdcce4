using System.Diagnostics.CodeAnalysis;

namespace Reflexion.LanguageModels;

/// <summary>How precisely activations enter products with quantised weights while a model runs; training always uses floats.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "What the numbers are is all there is to say.")]
public enum ActivationPrecision
{
    /// <summary>
    /// 16-bit integers with a scale for each group of 16 or 32, multiplied with the weights' own integers; the default. An activation is rounded to 1/65,534 of its group's greatest,
    /// some 250 times finer than 8-bit activations. Weights that are plain floats are multiplied as with <see cref="Float32"/>.
    /// </summary>
    Integer,

    /// <summary>32-bit floats: the only errors are those of 32-bit sums. Slower for prompts and for several sequences.</summary>
    Float32,
}
