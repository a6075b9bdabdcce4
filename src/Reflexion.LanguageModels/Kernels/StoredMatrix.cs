namespace Reflexion.LanguageModels;

/// <summary>A view of a matrix in the form a file keeps it, as the right factor of a product; its numbers become floats while they are packed.</summary>
/// <param name="Type">How the numbers are stored.</param>
/// <param name="Data">The first stored row; rows follow each other without gaps.</param>
/// <param name="Rows">Rows as seen, after transposing.</param>
/// <param name="Columns">Columns as seen, after transposing.</param>
/// <param name="IsTransposed">Whether the stored rows are the columns seen.</param>
internal readonly unsafe record struct StoredMatrix(StorageType Type, nint Data, int Rows, int Columns, bool IsTransposed = false)
{
    /// <summary>A stored row is a whole number of blocks.</summary>
    public StoredMatrix(StorageType type, byte* data, int rows, int columns)
        : this(type, (nint)data, rows, columns)
    {
        if (columns % Dequantizer.BlockSize(type) != 0)
        {
            throw new ArgumentException($"Rows of {columns} numbers are not whole blocks of {type}.", nameof(columns));
        }
    }

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public StoredMatrix Transposed => new(Type, Data, Columns, Rows, !IsTransposed);

    /// <summary>Writes a stretch of a stored row as numbers; both ends lie between blocks.</summary>
    public void Decode<T>(int storedRow, int start, int count, T* destination)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        const int Chunk = 256;
        long perRow = (long)(IsTransposed ? Rows : Columns) / Dequantizer.BlockSize(Type);
        byte* source = (byte*)Data + (((storedRow * perRow) + (start / Dequantizer.BlockSize(Type))) * Dequantizer.BytesPerBlock(Type));
        if (typeof(T) == typeof(float))
        {
            Dequantizer.ToSingle(Type, source, (float*)destination, count);
            return;
        }

        float* singles = stackalloc float[Chunk];
        for (int done = 0; done < count; done += Chunk)
        {
            int now = Math.Min(Chunk, count - done);
            Dequantizer.ToSingle(Type, source, singles, now);
            source += now / Dequantizer.BlockSize(Type) * Dequantizer.BytesPerBlock(Type);
            for (int i = 0; i < now; i++)
            {
                destination[done + i] = T.CreateTruncating(singles[i]);
            }
        }
    }
}
