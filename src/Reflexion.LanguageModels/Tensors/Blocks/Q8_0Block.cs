using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.Q8_0"/>: scale, 32 signed bytes.</summary>
internal readonly unsafe struct Q8_0Block : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 34;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        TLanes.Scale(Packed.Load(block + 2).AsSByte(), scale, to);
        TLanes.Scale(Packed.Load(block + 18).AsSByte(), scale, to + 16);
    }
}
