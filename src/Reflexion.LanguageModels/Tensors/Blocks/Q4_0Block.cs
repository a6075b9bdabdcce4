using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q4_0"/>: scale, 16 bytes of two 4-bit numbers around 8; the upper halves are the second sixteen.</summary>
internal readonly unsafe struct Q4_0Block : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 18;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        Vector128<byte> pairs = Packed.Load(block + 2);
        TLanes.Scale(Packed.Around(Packed.Low(pairs), 8), scale, to);
        TLanes.Scale(Packed.Around(Packed.High(pairs), 8), scale, to + 16);
    }
}
