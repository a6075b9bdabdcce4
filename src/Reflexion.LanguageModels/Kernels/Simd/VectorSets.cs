using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>What this machine has.</summary>
internal static class VectorSets
{
    public static VectorSet Widest { get; } = Avx512F.IsSupported ? VectorSet.Avx512 : Fma.IsSupported && Avx2.IsSupported ? VectorSet.Avx2 : VectorSet.Portable;
}
