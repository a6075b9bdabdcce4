using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q4_K"/>: the scale of scales and of minima, <see cref="SixBitScales"/>, 128 bytes of two 4-bit numbers.</summary>
internal readonly unsafe struct Q4_KBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 144;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        float minimum = Packed.Half(block + 2);
        for (int group = 0; group < 8; group++)
        {
            float groupScale = scale * SixBitScales.Scale(block + 4, group);
            float offset = -(minimum * SixBitScales.Minimum(block + 4, group));
            byte* pairs = block + 16 + (group / 2 * 32);
            float* at = to + (group * 32);
            for (int half = 0; half < 32; half += 16)
            {
                Vector128<byte> bytes = Packed.Load(pairs + half);
                Vector128<byte> numbers = group % 2 == 0 ? Packed.Low(bytes) : Packed.High(bytes);
                TLanes.ScaleAndAdd(numbers.AsSByte(), groupScale, offset, at + half);
            }
        }
    }
}
