using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The adapters of the matrices that read one input, or the gradients of them.</summary>
internal sealed class LoraGroup<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T>[] _b;
    private readonly int[] _columns;

    private LoraGroup(Matrix<T> a, Matrix<T>[] b, int[] columns)
    {
        A = a;
        _b = b;
        _columns = columns;
    }

    /// <summary>All A below one another: [targets · rank, inputs].</summary>
    public Matrix<T> A { get; }

    public static LoraGroup<T>? Find(ParameterBlock<T> block, LoraOptions options, int layer, ProjectionGroup group)
    {
        Projection[] targets = [.. group.Members.Where(options.Has)];
        return targets.Length == 0
            ? null
            : new(
                block.Stacked(AdapterNames.A(layer, targets[0]), targets.Length * options.Rank),
                [.. group.Members.Select(member => options.Has(member) ? block[AdapterNames.B(layer, member)] : default)],
                [.. group.Members.Select(member => Array.IndexOf(targets, member) * options.Rank)]);
    }

    /// <summary>B [outputs, rank] of a member of the group, or the default where it is no target.</summary>
    public Matrix<T> B(int member) => _b[member];

    /// <summary>The columns of x·Aᵀ [tokens, targets · rank] that belong to a member: [tokens, rank].</summary>
    public Matrix<T> Part(Matrix<T> low, int member) => low.ColumnsFrom(_columns[member], _b[member].Columns);
}
