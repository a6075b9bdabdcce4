using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Does not make floats of a block's numbers but notes what they would be made of, in the place of the floats: so packing needs no code of its own for each type.</summary>
internal readonly unsafe struct RecordingLanes : ILanes
{
    public static void Scale(Vector128<sbyte> numbers, float scale, float* to) => ScaleAndAdd(numbers, scale, 0, to);

    public static void ScaleAndAdd(Vector128<sbyte> numbers, float scale, float offset, float* to)
    {
        var record = (SixteenNumbers*)to;
        numbers.Store(record->Numbers);
        record->Scale = scale;
        record->Offset = offset;
    }
}
