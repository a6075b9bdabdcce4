namespace Reflexion.LanguageModels;

/// <summary>
/// Adapters are exchanged with the rows of queries and keys in <see cref="RotaryLayout.Halves"/>, and kept as their model has them.
/// Only B is concerned: its rows are the matrix's outputs.
/// </summary>
internal static class RowOrder
{
    /// <summary>The numbers of a tensor as they are exchanged.</summary>
    public static float[] ToHalves(AdapterStore<float> store, TensorSlot slot)
    {
        var numbers = new float[slot.Length];
        Copy(store, slot, numbers, isToHalves: true);
        return numbers;
    }

    /// <summary>Takes over a tensor as it is exchanged.</summary>
    public static void FromHalves(AdapterStore<float> store, TensorSlot slot, float[] numbers) => Copy(store, slot, numbers, isToHalves: false);

    private static unsafe void Copy(AdapterStore<float> store, TensorSlot slot, float[] numbers, bool isToHalves)
    {
        float* own = store.Block[slot.Name].Pointer;
        bool isMoved = store.Config.RotaryLayout == RotaryLayout.Pairs && IsRotated(slot.Name);
        for (int row = 0; row < slot.Rows; row++)
        {
            int ownRow = isMoved ? PairsRow(row, store.Config.HeadSize) : row;
            var inner = new Span<float>(own + ((long)ownRow * slot.Columns), slot.Columns);
            Span<float> outer = numbers.AsSpan(row * slot.Columns, slot.Columns);
            if (isToHalves)
            {
                inner.CopyTo(outer);
            }
            else
            {
                outer.CopyTo(inner);
            }
        }
    }

    private static bool IsRotated(string name) => name.EndsWith(".q_proj" + AdapterNames.SuffixB, StringComparison.Ordinal)
        || name.EndsWith(".k_proj" + AdapterNames.SuffixB, StringComparison.Ordinal);

    // Row i of a head's first half is the pair's first number, row i of the second half its second.
    private static int PairsRow(int row, int headSize)
    {
        int inHead = row % headSize;
        int half = headSize / 2;
        return row - inHead + (inHead < half ? 2 * inHead : (2 * (inHead - half)) + 1);
    }
}
