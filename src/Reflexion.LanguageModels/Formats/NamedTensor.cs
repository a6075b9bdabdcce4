using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A tensor of floats to be written, or one that was read.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Extents, slowest first.</param>
/// <param name="Values">As many numbers as the shape says, row by row.</param>
internal sealed record NamedTensor(string Name, ImmutableArray<long> Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>Bytes when stored; <paramref name="file"/> is for errors.</summary>
    /// <exception cref="ArgumentException">The values are not as many as the shape says, or rows are not whole blocks.</exception>
    public long Bytes(StorageType type, string file)
    {
        if (Shape.Any(extent => extent < 0) || Shape.Aggregate(1L, (count, extent) => checked(count * extent)) != Values.Length)
        {
            throw new ArgumentException($"The tensor '{Name}' of shape {TensorShape.Text(Shape)} has {Values.Length} numbers.", nameof(file));
        }

        try
        {
            return TensorShape.Bytes(file, Name, type, Shape);
        }
        catch (ModelFormatException wrong)
        {
            throw new ArgumentException($"The tensor '{Name}' of shape {TensorShape.Text(Shape)} cannot be stored as {type}, whose blocks are of {Dequantizer.BlockSize(type)}.", nameof(type), wrong);
        }
    }

    /// <summary>A stored tensor's numbers, copied.</summary>
    public static unsafe NamedTensor Of(StoredTensor tensor, string? name = null)
    {
        var values = new float[tensor.ByteCount / Dequantizer.BytesPerBlock(tensor.Type) * Dequantizer.BlockSize(tensor.Type)];
        fixed (float* to = values)
        {
            Dequantizer.ToSingle(tensor.Type, tensor.Data, to, values.Length);
        }

        return new(name ?? tensor.Name, tensor.Shape, values);
    }
}
