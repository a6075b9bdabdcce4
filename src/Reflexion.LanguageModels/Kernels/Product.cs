namespace Reflexion.LanguageModels;

/// <summary>One term A·B of a sum of products: A [m, k] of activations or gradients, B [k, n] of weights or of numbers like A.</summary>
/// <param name="A">The left factor.</param>
/// <param name="B">The right factor, unless <see cref="Stored"/> is.</param>
internal readonly record struct Product<T>(Matrix<T> A, Matrix<T> B)
    where T : unmanaged
{
    public Product(Matrix<T> a, StoredMatrix b)
        : this(a, default(Matrix<T>)) =>
        Stored = b;

    /// <summary>The right factor where it is kept as a file keeps it.</summary>
    public StoredMatrix Stored { get; }

    public bool IsStored => Stored.Data != 0;

    /// <summary>Rows of the right factor.</summary>
    public int Depth => IsStored ? Stored.Rows : B.Rows;

    /// <summary>Columns of the right factor.</summary>
    public int Columns => IsStored ? Stored.Columns : B.Columns;

    /// <summary>Numbers of the right factor that are stored together.</summary>
    public int BlockSize => IsStored ? Dequantizer.BlockSize(Stored.Type) : 1;
}
