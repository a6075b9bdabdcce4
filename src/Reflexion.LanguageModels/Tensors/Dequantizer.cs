using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>Stored numbers to floats. Nothing is fused, so every processor gives the same bits.</summary>
internal static unsafe class Dequantizer
{
    /// <summary>Numbers that are stored together; a row's length is a multiple of it. 1 for plain floats.</summary>
    public static int BlockSize(StorageType type) => Layout(type).Count;

    /// <summary>Bytes of so many numbers.</summary>
    public static int BytesPerBlock(StorageType type) => Layout(type).Bytes;

    /// <summary>Writes numbers as floats.</summary>
    /// <param name="type">How they are stored.</param>
    /// <param name="source">The first block.</param>
    /// <param name="destination">Room for <paramref name="count"/> floats.</param>
    /// <param name="count">How many numbers; a multiple of <see cref="BlockSize"/>.</param>
    public static void ToSingle(StorageType type, byte* source, float* destination, long count)
    {
        if (Avx512F.IsSupported)
        {
            ToSingle<Avx512Lanes>(type, source, destination, count);
        }
        else if (Avx2.IsSupported)
        {
            ToSingle<Avx2Lanes>(type, source, destination, count);
        }
        else
        {
            ToSingle<PortableLanes>(type, source, destination, count);
        }
    }

    /// <summary>The same on a kind of processor; for <see cref="PortableLanes"/>, on any.</summary>
    internal static void ToSingle<TLanes>(StorageType type, byte* source, float* destination, long count)
        where TLanes : ILanes
    {
        Debug.Assert(count % BlockSize(type) == 0, "whole blocks only");
        switch (type)
        {
            case StorageType.F32: Copy(source, destination, count); break;
            case StorageType.F16: HalfFloats.FromBinary16((ushort*)source, destination, count); break;
            case StorageType.BF16: HalfFloats.FromUpperHalf((ushort*)source, destination, count); break;
            case StorageType.Q8_0: Decode<Q8_0Block, TLanes>(source, destination, count); break;
            case StorageType.Q4_0: Decode<Q4_0Block, TLanes>(source, destination, count); break;
            case StorageType.Q4_1: Decode<Q4_1Block, TLanes>(source, destination, count); break;
            case StorageType.Q5_0: Decode<Q5_0Block, TLanes>(source, destination, count); break;
            case StorageType.Q5_1: Decode<Q5_1Block, TLanes>(source, destination, count); break;
            case StorageType.Q2_K: Decode<Q2_KBlock, TLanes>(source, destination, count); break;
            case StorageType.Q3_K: Decode<Q3_KBlock, TLanes>(source, destination, count); break;
            case StorageType.Q4_K: Decode<Q4_KBlock, TLanes>(source, destination, count); break;
            case StorageType.Q5_K: Decode<Q5_KBlock, TLanes>(source, destination, count); break;
            case StorageType.Q6_K: Decode<Q6_KBlock, TLanes>(source, destination, count); break;
            case StorageType.IQ4_NL: Decode<IQ4_NLBlock, TLanes>(source, destination, count); break;
            case StorageType.IQ4_XS: Decode<IQ4_XSBlock, TLanes>(source, destination, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "No such storage type.");
        }
    }

    private static (int Count, int Bytes) Layout(StorageType type) => type switch
    {
        StorageType.F32 => (1, sizeof(float)),
        StorageType.F16 or StorageType.BF16 => (1, sizeof(ushort)),
        StorageType.Q8_0 => Layout<Q8_0Block>(),
        StorageType.Q4_0 => Layout<Q4_0Block>(),
        StorageType.Q4_1 => Layout<Q4_1Block>(),
        StorageType.Q5_0 => Layout<Q5_0Block>(),
        StorageType.Q5_1 => Layout<Q5_1Block>(),
        StorageType.Q2_K => Layout<Q2_KBlock>(),
        StorageType.Q3_K => Layout<Q3_KBlock>(),
        StorageType.Q4_K => Layout<Q4_KBlock>(),
        StorageType.Q5_K => Layout<Q5_KBlock>(),
        StorageType.Q6_K => Layout<Q6_KBlock>(),
        StorageType.IQ4_NL => Layout<IQ4_NLBlock>(),
        StorageType.IQ4_XS => Layout<IQ4_XSBlock>(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such storage type."),
    };

    private static (int Count, int Bytes) Layout<TBlock>()
        where TBlock : IBlockFormat => (TBlock.Count, TBlock.Bytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decode<TBlock, TLanes>(byte* source, float* destination, long count)
        where TBlock : IBlockFormat
        where TLanes : ILanes
    {
        for (long block = 0; block < count / TBlock.Count; block++)
        {
            TBlock.Decode<TLanes>(source + (block * TBlock.Bytes), destination + (block * TBlock.Count));
        }
    }

    private static void Copy(byte* source, float* destination, long count) =>
        Buffer.MemoryCopy(source, destination, count * sizeof(float), count * sizeof(float));
}
