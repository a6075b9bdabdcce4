using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>The sixteen values that the 4-bit indices of IQ4_NL and IQ4_XS stand for.</summary>
internal static class UnequalSteps
{
    private static Vector128<sbyte> Values => Vector128.Create(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Of(Vector128<byte> indices) => Vector128.Shuffle(Values, indices.AsSByte());
}
