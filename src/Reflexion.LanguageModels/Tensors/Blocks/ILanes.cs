using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>How sixteen small integers become sixteen floats on a kind of processor. All kinds give the same bits: products and sums are rounded separately.</summary>
internal unsafe interface ILanes
{
    /// <summary>Writes numbers · scale.</summary>
    static abstract void Scale(Vector128<sbyte> numbers, float scale, float* to);

    /// <summary>Writes numbers · scale + offset.</summary>
    static abstract void ScaleAndAdd(Vector128<sbyte> numbers, float scale, float offset, float* to);
}
