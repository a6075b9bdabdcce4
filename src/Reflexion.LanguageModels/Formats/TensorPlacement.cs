namespace Reflexion.LanguageModels;

/// <summary>Where a file says that a tensor lies, in bytes from the beginning of its data.</summary>
internal readonly record struct TensorPlacement(string Name, long Offset, long ByteCount)
{
    /// <summary>Refuses tensors that leave the data or lie on one another.</summary>
    /// <exception cref="ModelFormatException">Names the tensors.</exception>
    public static void Check(string source, IReadOnlyCollection<TensorPlacement> placements, long dataLength)
    {
        TensorPlacement last = default;
        foreach (TensorPlacement placement in placements.OrderBy(placement => placement.Offset).ThenBy(placement => placement.ByteCount))
        {
            placement.CheckWithin(source, dataLength);
            if (placement.Offset < last.Offset + last.ByteCount && placement.ByteCount > 0)
            {
                throw new ModelFormatException(source, $"the tensors '{last.Name}' and '{placement.Name}' overlap. The file is damaged; download it again.");
            }

            if (placement.ByteCount > 0)
            {
                last = placement;
            }
        }
    }

    private void CheckWithin(string source, long dataLength)
    {
        if (Offset < 0 || ByteCount < 0 || Offset > dataLength - ByteCount)
        {
            throw new ModelFormatException(
                source, $"the tensor '{Name}' needs {ByteCount} bytes at {Offset} of the data, which has {dataLength}. The file is cut short or damaged; download it again.");
        }
    }
}
