using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>A matrix W [outputs, inputs] of a model, in whatever form it is kept.</summary>
internal sealed unsafe class Weight<T>(Matrix<T> values)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Outputs => values.Rows;

    public int Inputs => values.Columns;

    public Matrix<T> Values => values;

    /// <summary>x·Wᵀ [tokens, outputs], as a term of a sum of products.</summary>
    public Product<T> Forward(Matrix<T> x) => new(x, values.Transposed);

    /// <summary>dy·W [tokens, inputs], as a term of a sum of products.</summary>
    public Product<T> Backward(Matrix<T> dy) => new(dy, values);

    /// <summary>Copies one row, as an embedding is looked up.</summary>
    public void CopyRow(int row, T* destination) =>
        new ReadOnlySpan<T>(values.Pointer + ((long)row * values.Stride), Inputs).CopyTo(new(destination, Inputs));
}
