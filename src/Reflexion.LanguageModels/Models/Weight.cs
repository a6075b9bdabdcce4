using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>A matrix W [outputs, inputs] of a model: numbers in memory, or blocks in a mapped file that become numbers where they are used.</summary>
internal sealed unsafe class Weight<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T> _values;
    private readonly StoredMatrix _stored;

    public Weight(Matrix<T> values) => _values = values;

    public Weight(StoredMatrix stored) => _stored = stored;

    public int Outputs => IsStored ? _stored.Rows : _values.Rows;

    public int Inputs => IsStored ? _stored.Columns : _values.Columns;

    /// <summary>Whether the numbers lie in a file.</summary>
    public bool IsStored => _stored.Data != 0;

    /// <summary>The numbers in memory; gradients always are.</summary>
    public Matrix<T> Values => IsStored ? throw new InvalidOperationException("The matrix lies in a file.") : _values;

    /// <summary>The blocks in the file.</summary>
    public StoredMatrix Stored => IsStored ? _stored : throw new InvalidOperationException("The matrix lies in memory.");

    /// <summary>x·Wᵀ [tokens, outputs], as a term of a sum of products.</summary>
    public Product<T> Forward(Matrix<T> x) => IsStored ? new(x, _stored.Transposed) : new(x, _values.Transposed);

    /// <summary>dy·W [tokens, inputs], as a term of a sum of products.</summary>
    public Product<T> Backward(Matrix<T> dy) => IsStored ? new(dy, _stored) : new(dy, _values);

    /// <summary>Copies one row, as an embedding is looked up.</summary>
    public void CopyRow(int row, T* destination)
    {
        if (IsStored)
        {
            _stored.Decode(row, 0, Inputs, destination);
        }
        else
        {
            new ReadOnlySpan<T>(_values.At(row, 0), Inputs).CopyTo(new(destination, Inputs));
        }
    }
}
