using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Random matrices in native memory, and the plain double loops that kernels are held against.</summary>
internal sealed unsafe class Numbers(int seed) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly List<IDisposable> _buffers = [];

    public int Next(int below) => _random.Next(below);

    public T* Vector<T>(long length, double scale = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new NativeBuffer<T>(length);
        _buffers.Add(buffer);
        for (long i = 0; i < length; i++)
        {
            buffer.Pointer[i] = T.CreateChecked(scale * ((2 * _random.NextDouble()) - 1));
        }

        return buffer.Pointer;
    }

    /// <summary>A random matrix of that shape as seen, with a stride that may be longer than its rows.</summary>
    public Matrix<T> Matrix<T>(int rows, int columns, bool isTransposed = false, int slack = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stored = isTransposed ? columns : rows;
        int stride = (isTransposed ? rows : columns) + slack;
        return new Matrix<T>((nint)Vector<T>((long)stored * stride), rows, columns, stride, isTransposed);
    }

    public static double[] Of<T>(Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new double[matrix.Rows * matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                values[(i * matrix.Columns) + j] = double.CreateChecked(matrix[i, j]);
            }
        }

        return values;
    }

    public static double[] Of<T>(T* values, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(new Matrix<T>(values, 1, count));

    /// <summary>The largest difference, relative to the largest number expected or to one.</summary>
    public static double Deviation(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        actual.Length.Should().Be(expected.Length);
        double worst = 0;
        double scale = 1;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }

        return worst / scale;
    }

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());
}
