using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q2_K"/>: 16 bytes of a 4-bit scale and minimum, 64 bytes of four 2-bit numbers, the scale of scales and of minima.</summary>
internal readonly unsafe struct Q2_KBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 84;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block + 80);
        float minimum = Packed.Half(block + 82);
        for (int group = 0; group < 16; group++)
        {
            byte both = block[group];
            Vector128<byte> numbers = Packed.Pair(Packed.Load(block + 16 + (group / 8 * 32) + (group % 2 * 16)), group / 2 % 4 * 2);
            TLanes.ScaleAndAdd(numbers.AsSByte(), scale * (both & 0xf), -(minimum * (both >> 4)), to + (group * 16));
        }
    }
}
