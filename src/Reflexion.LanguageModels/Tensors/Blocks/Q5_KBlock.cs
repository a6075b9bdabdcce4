using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q5_K"/>: as <see cref="Q4_KBlock"/>, with 32 bytes of fifth bits, a bit a group.</summary>
internal readonly unsafe struct Q5_KBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 176;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        float minimum = Packed.Half(block + 2);
        for (int group = 0; group < 8; group++)
        {
            float groupScale = scale * SixBitScales.Scale(block + 4, group);
            float offset = -(minimum * SixBitScales.Minimum(block + 4, group));
            byte* pairs = block + 48 + (group / 2 * 32);
            float* at = to + (group * 32);
            for (int half = 0; half < 32; half += 16)
            {
                Vector128<byte> bytes = Packed.Load(pairs + half);
                Vector128<byte> low = group % 2 == 0 ? Packed.Low(bytes) : Packed.High(bytes);
                Vector128<byte> fifth = Packed.Where(Packed.Load(block + 16 + half), 1 << group, 16);
                TLanes.ScaleAndAdd((low | fifth).AsSByte(), groupScale, offset, at + half);
            }
        }
    }
}
