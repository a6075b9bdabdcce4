using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Tensors in and out of parameter blocks.</summary>
internal static class Stores
{
    public static unsafe void Set<T>(Matrix<T> to, double[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        numbers.Length.Should().Be(to.Rows * to.Columns);
        for (int i = 0; i < numbers.Length; i++)
        {
            to.Pointer[i] = T.CreateChecked(numbers[i]);
        }
    }

    public static unsafe double[] Get<T>(Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Get<T>(new ReadOnlySpan<T>(matrix.Pointer, matrix.Rows * matrix.Columns));

    public static double[] Get<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = new double[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            result[i] = double.CreateChecked(numbers[i]);
        }

        return result;
    }
}
