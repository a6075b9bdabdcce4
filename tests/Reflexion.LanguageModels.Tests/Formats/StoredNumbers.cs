using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Tensors' numbers, for comparison.</summary>
internal static class StoredNumbers
{
    internal static unsafe float[] Values(this StoredTensor tensor)
    {
        var values = new float[tensor.Shape.Aggregate(1L, (count, extent) => count * extent)];
        fixed (float* to = values)
        {
            Dequantizer.ToSingle(tensor.Type, tensor.Data, to, values.Length);
        }

        return values;
    }

    /// <summary>The distance of two floats, in floats that lie between them.</summary>
    internal static long Apart(float a, float b) => Math.Abs(Ordinal(a) - Ordinal(b));

    private static long Ordinal(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? -(long)(bits & int.MaxValue) : bits;
    }
}
