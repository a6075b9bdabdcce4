using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary><see cref="StorageType.IQ4_NL"/>: scale, 16 bytes of two indices into <see cref="UnequalSteps"/>.</summary>
internal readonly unsafe struct IQ4_NLBlock : IBlockFormat
{
    public static int Count => 32;

    public static int Bytes => 18;

    public static void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes
    {
        float scale = Packed.Half(block);
        Vector128<byte> pairs = Packed.Load(block + 2);
        TLanes.Scale(UnequalSteps.Of(Packed.Low(pairs)), scale, to);
        TLanes.Scale(UnequalSteps.Of(Packed.High(pairs)), scale, to + 16);
    }
}
