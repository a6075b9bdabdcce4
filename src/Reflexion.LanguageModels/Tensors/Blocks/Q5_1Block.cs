using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q5_1"/>: scale, minimum, 32 fifth bits, 16 bytes of two 4-bit numbers.</summary>
internal readonly unsafe struct Q5_1Block : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 24;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        float minimum = Packed.Half(block + 2);
        uint fifths = Packed.Read<uint>(block + 4);
        Vector128<byte> pairs = Packed.Load(block + 8);
        TLanes.ScaleAndAdd((Packed.Low(pairs) | Packed.FifthBits((ushort)fifths)).AsSByte(), scale, minimum, to);
        TLanes.ScaleAndAdd((Packed.High(pairs) | Packed.FifthBits((ushort)(fifths >> 16))).AsSByte(), scale, minimum, to + 16);
    }
}
