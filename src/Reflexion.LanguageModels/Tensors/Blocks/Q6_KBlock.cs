using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q6_K"/>: 128 bytes of two 4-bit numbers, 64 bytes of their four upper bit pairs, 16 signed scales, their scale; numbers lie around 32.</summary>
internal readonly unsafe struct Q6_KBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 210;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block + 208);
        for (int group = 0; group < 16; group++)
        {
            int half = group % 2 * 16;
            int quarter = group / 2 % 4;
            Vector128<byte> pairs = Packed.Load(block + (group / 8 * 64) + (quarter % 2 * 32) + half);
            Vector128<byte> low = quarter < 2 ? Packed.Low(pairs) : Packed.High(pairs);
            Vector128<byte> high = Packed.Pair(Packed.Load(block + 128 + (group / 8 * 32) + half), quarter * 2) << 4;
            TLanes.Scale(Packed.Around(low | high, 32), scale * (sbyte)block[192 + group], to + (group * 16));
        }
    }
}
