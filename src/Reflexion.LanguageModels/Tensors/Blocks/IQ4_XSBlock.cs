using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.IQ4_XS"/>: the scale of scales, upper and lower parts of eight 6-bit scales around 32, 128 bytes of two indices into <see cref="UnequalSteps"/>.</summary>
internal readonly unsafe struct IQ4_XSBlock : IBlockFormat
{
    public static int Count => 256;

    public static int Bytes => 136;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        int uppers = Packed.Read<ushort>(block + 2);
        for (int group = 0; group < 8; group++)
        {
            int lower = (block[4 + (group / 2)] >> (group % 2 * 4)) & 0xf;
            int upper = (uppers >> (group * 2)) & 3;
            float groupScale = scale * ((lower | (upper << 4)) - 32);
            Vector128<byte> pairs = Packed.Load(block + 8 + (group * 16));
            TLanes.Scale(UnequalSteps.Of(Packed.Low(pairs)), groupScale, to + (group * 32));
            TLanes.Scale(UnequalSteps.Of(Packed.High(pairs)), groupScale, to + (group * 32) + 16);
        }
    }
}
