namespace Reflexion.LanguageModels;

/// <summary>A view of a row-major matrix of numbers somewhere in memory.</summary>
/// <param name="Data">The first number.</param>
/// <param name="Rows">Rows as seen, after transposing.</param>
/// <param name="Columns">Columns as seen, after transposing.</param>
/// <param name="Stride">Numbers from the beginning of a stored row to the next.</param>
/// <param name="IsTransposed">Whether the stored rows are the columns seen.</param>
internal readonly unsafe record struct Matrix<T>(nint Data, int Rows, int Columns, int Stride, bool IsTransposed = false)
    where T : unmanaged
{
    public Matrix(T* data, int rows, int columns)
        : this((nint)data, rows, columns, columns)
    {
    }

    public T* Pointer => (T*)Data;

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public Matrix<T> Transposed => new(Data, Columns, Rows, Stride, !IsTransposed);

    /// <summary>Some of the rows of a matrix that is not transposed.</summary>
    public Matrix<T> RowsFrom(int first, int count) => new((nint)(Pointer + ((long)first * Stride)), count, Columns, Stride);

    /// <summary>Some of the columns of a matrix that is not transposed.</summary>
    public Matrix<T> ColumnsFrom(int first, int count) => new((nint)(Pointer + first), Rows, count, Stride);

    public T this[int row, int column] => *At(row, column);

    /// <summary>Where element (row, column) lies.</summary>
    public T* At(int row, int column) => IsTransposed ? Pointer + ((nint)column * Stride) + row : Pointer + ((nint)row * Stride) + column;
}
