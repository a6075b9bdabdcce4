using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>Sixteen floats at a time.</summary>
internal readonly unsafe struct Avx512Lanes : ILanes
{
    public static void Scale(Vector128<sbyte> numbers, float scale, float* to) =>
        Avx512F.Multiply(Floats(numbers), Vector512.Create(scale)).Store(to);

    public static void ScaleAndAdd(Vector128<sbyte> numbers, float scale, float offset, float* to) =>
        Avx512F.Add(Avx512F.Multiply(Floats(numbers), Vector512.Create(scale)), Vector512.Create(offset)).Store(to);

    private static Vector512<float> Floats(Vector128<sbyte> numbers) => Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(numbers));
}
