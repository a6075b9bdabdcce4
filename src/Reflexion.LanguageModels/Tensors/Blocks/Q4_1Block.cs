using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q4_1"/>: scale, minimum, 16 bytes of two 4-bit numbers; the upper halves are the second sixteen.</summary>
internal readonly unsafe struct Q4_1Block : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 20;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        float minimum = Packed.Half(block + 2);
        Vector128<byte> pairs = Packed.Load(block + 4);
        TLanes.ScaleAndAdd(Packed.Low(pairs).AsSByte(), scale, minimum, to);
        TLanes.ScaleAndAdd(Packed.High(pairs).AsSByte(), scale, minimum, to + 16);
    }
}
