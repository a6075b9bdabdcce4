namespace Reflexion.LanguageModels;

/// <summary>Which vector instructions kernels use, narrowest first.</summary>
internal enum VectorSet
{
    /// <summary>What the runtime makes of <see cref="System.Numerics.Vector{T}"/>.</summary>
    Portable,

    /// <summary>256 bits with fused multiply-add.</summary>
    Avx2,

    /// <summary>512 bits.</summary>
    Avx512,
}
