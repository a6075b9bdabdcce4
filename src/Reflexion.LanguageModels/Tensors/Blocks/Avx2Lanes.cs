using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>Eight floats at a time.</summary>
internal readonly unsafe struct Avx2Lanes : ILanes
{
    public static void Scale(Vector128<sbyte> numbers, float scale, float* to)
    {
        Vector256<float> scales = Vector256.Create(scale);
        Avx.Multiply(Lower(numbers), scales).Store(to);
        Avx.Multiply(Upper(numbers), scales).Store(to + 8);
    }

    public static void ScaleAndAdd(Vector128<sbyte> numbers, float scale, float offset, float* to)
    {
        Vector256<float> scales = Vector256.Create(scale);
        Vector256<float> offsets = Vector256.Create(offset);
        Avx.Add(Avx.Multiply(Lower(numbers), scales), offsets).Store(to);
        Avx.Add(Avx.Multiply(Upper(numbers), scales), offsets).Store(to + 8);
    }

    private static Vector256<float> Lower(Vector128<sbyte> numbers) => Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(numbers));

    private static Vector256<float> Upper(Vector128<sbyte> numbers) => Lower(Sse2.ShiftRightLogical128BitLane(numbers, 8));
}
