using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GemmTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Products_in_single_precision_equal_plain_sums(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int seed = 0; seed < 60; seed++)
        {
            Compare<float>(pool, seed, 2e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Products_in_double_precision_equal_plain_sums(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int seed = 0; seed < 60; seed++)
        {
            Compare<double>(pool, seed, 1e-14);
        }
    }

    private static void Compare<T>(WorkerPool pool, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var numbers = new Numbers(seed);
        int rows = Extent(numbers, 70);
        int columns = Extent(numbers, 130);
        Matrix<T> c = numbers.Matrix<T>(rows, columns, slack: numbers.Next(3));
        bool accumulate = numbers.Next(2) == 1;
        var products = new Product<T>[numbers.Next(4)];
        double[] expected = accumulate ? Numbers.Of(c) : new double[rows * columns];
        for (int p = 0; p < products.Length; p++)
        {
            int depth = numbers.Next(8) == 0 ? 900 : Extent(numbers, 100);
            products[p] = new(
                numbers.Matrix<T>(rows, depth, numbers.Next(2) == 1, numbers.Next(5)), numbers.Matrix<T>(depth, columns, numbers.Next(2) == 1, numbers.Next(5)));
            AddProduct(products[p], expected);
        }

        Gemm.Multiply(pool, products, c, accumulate);

        Numbers.Deviation(Numbers.Of(c), expected).Should().BeLessThan(tolerance, "of seed {0}", seed);
    }

    private static int Extent(Numbers numbers, int most) => numbers.Next(3) switch { 0 => numbers.Next(4), 1 => numbers.Next(20), _ => numbers.Next(most) };

    private static void AddProduct<T>(Product<T> product, double[] sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < product.A.Rows; i++)
        {
            for (int j = 0; j < product.B.Columns; j++)
            {
                for (int k = 0; k < product.A.Columns; k++)
                {
                    sum[(i * product.B.Columns) + j] += double.CreateChecked(product.A[i, k]) * double.CreateChecked(product.B[k, j]);
                }
            }
        }
    }
}
