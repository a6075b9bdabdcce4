using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q3_K"/>: 32 bytes of third bits (unset: less 4), 64 bytes of four 2-bit numbers, 16 6-bit scales around 32, their scale.</summary>
internal readonly unsafe struct Q3_KBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 110;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block + 108);
        for (int group = 0; group < 16; group++)
        {
            int half = group % 2 * 16;
            Vector128<byte> low = Packed.Pair(Packed.Load(block + 32 + (group / 8 * 32) + half), group / 2 % 4 * 2);
            Vector128<byte> third = Packed.Where(Packed.Load(block + half), 1 << (group / 2), 4);
            TLanes.Scale(Packed.Around(low | third, 4), scale * (ScaleOf(block + 96, group) - 32), to + (group * 16));
        }
    }

    // Four low bits in the nibbles of eight bytes, two high bits in four more.
    private static int ScaleOf(byte* scales, int group)
    {
        int low = group < 8 ? scales[group] & 0xf : scales[group - 8] >> 4;
        int high = (scales[8 + (group % 4)] >> (group / 4 * 2)) & 3;
        return low | (high << 4);
    }
}
