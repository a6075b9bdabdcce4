namespace Reflexion.LanguageModels;

/// <summary>Tensors in and out of a block, as files hold them.</summary>
internal static unsafe class ParameterBlockCopies
{
    /// <summary>A tensor's numbers; a vector has one dimension.</summary>
    public static NamedTensor Copy(this ParameterBlock<float> block, TensorSlot slot) => new(
        slot.Name,
        slot.Rows == 1 && !slot.Name.EndsWith(AdapterNames.SuffixA, StringComparison.Ordinal) ? [slot.Columns] : [slot.Rows, slot.Columns],
        new ReadOnlySpan<float>(block[slot.Name].Pointer, checked((int)slot.Length)).ToArray());

    /// <summary>Takes over a tensor's numbers; it has the block's name and shape.</summary>
    public static void Fill(this ParameterBlock<float> block, NamedTensor tensor)
    {
        Matrix<float> to = block[tensor.Name];
        tensor.Values.Span.CopyTo(new(to.Pointer, to.Rows * to.Columns));
    }
}
