using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q5_0"/>: scale, 32 fifth bits, 16 bytes of two 4-bit numbers; numbers lie around 16.</summary>
internal readonly unsafe struct Q5_0Block : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 22;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        uint fifths = Packed.Read<uint>(block + 2);
        Vector128<byte> pairs = Packed.Load(block + 6);
        TLanes.Scale(Packed.Around(Packed.Low(pairs) | Packed.FifthBits((ushort)fifths), 16), scale, to);
        TLanes.Scale(Packed.Around(Packed.High(pairs) | Packed.FifthBits((ushort)(fifths >> 16)), 16), scale, to + 16);
    }
}
