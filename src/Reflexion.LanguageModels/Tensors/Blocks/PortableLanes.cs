using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Four floats at a time, on any processor.</summary>
internal readonly unsafe struct PortableLanes : ILanes
{
    public static void Scale(Vector128<sbyte> numbers, float scale, float* to)
    {
        (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(numbers);
        Scale(lower, scale, to);
        Scale(upper, scale, to + 8);
    }

    public static void ScaleAndAdd(Vector128<sbyte> numbers, float scale, float offset, float* to)
    {
        Scale(numbers, scale, to);
        Vector128<float> offsets = Vector128.Create(offset);
        for (int i = 0; i < 16; i += 4)
        {
            (Vector128.Load(to + i) + offsets).Store(to + i);
        }
    }

    private static void Scale(Vector128<short> numbers, float scale, float* to)
    {
        (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(numbers);
        (Vector128.ConvertToSingle(lower) * scale).Store(to);
        (Vector128.ConvertToSingle(upper) * scale).Store(to + 4);
    }
}
