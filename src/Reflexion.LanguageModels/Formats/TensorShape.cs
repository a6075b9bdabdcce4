using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Sizes of tensors whose shapes come from a file.</summary>
internal static class TensorShape
{
    /// <summary>Bytes of a tensor.</summary>
    /// <param name="source">The file, for errors.</param>
    /// <param name="name">The tensor, for errors.</param>
    /// <param name="type">How its numbers are stored.</param>
    /// <param name="shape">Extents, slowest first, none negative.</param>
    /// <exception cref="ModelFormatException">The extents' product is beyond any memory, or rows are not whole blocks.</exception>
    public static long Bytes(string source, string name, StorageType type, ImmutableArray<long> shape)
    {
        int block = Dequantizer.BlockSize(type);
        long row = shape.IsEmpty ? 1 : shape[^1];
        if (row % block != 0)
        {
            throw new ModelFormatException(source, $"the tensor '{name}' has rows of {row} numbers, but {type} stores {block} together. The file is damaged; download it again.");
        }

        try
        {
            return checked(Count(shape) / block * Dequantizer.BytesPerBlock(type));
        }
        catch (OverflowException wrong)
        {
            throw new ModelFormatException(source, $"the tensor '{name}' of shape {Text(shape)} is larger than any memory. The file is damaged; download it again.", wrong);
        }
    }

    public static string Text(ImmutableArray<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <exception cref="OverflowException">More than a long counts.</exception>
    private static long Count(ImmutableArray<long> shape)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            count = checked(count * extent);
        }

        return count;
    }
}
