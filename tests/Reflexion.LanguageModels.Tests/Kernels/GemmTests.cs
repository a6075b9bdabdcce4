using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed unsafe class GemmTests
{
    [Theory]
    [InlineData(1, VectorSet.Avx512)]
    [InlineData(3, VectorSet.Avx512)]
    [InlineData(2, VectorSet.Avx2)]
    [InlineData(2, VectorSet.Portable)]
    internal void Products_in_single_precision_equal_plain_sums(int threads, VectorSet widest) => CompareMany<float>(threads, widest, 2e-6);

    [Theory]
    [InlineData(1, VectorSet.Avx512)]
    [InlineData(3, VectorSet.Avx512)]
    [InlineData(2, VectorSet.Avx2)]
    [InlineData(2, VectorSet.Portable)]
    internal void Products_in_double_precision_equal_plain_sums(int threads, VectorSet widest) => CompareMany<double>(threads, widest, 1e-14);

    [Theory]
    [InlineData(1, 700, 80)]
    [InlineData(8, 333, 400)]
    [InlineData(70, 40, 3_000)]
    [InlineData(900, 33, 800)]
    [InlineData(3_000, 20, 100)]
    public void The_number_of_threads_does_not_change_a_bit(int rows, int columns, int depth)
    {
        using var numbers = new Numbers(7);
        var product = new Product<float>(numbers.Matrix<float>(rows, depth), numbers.Matrix<float>(columns, depth).Transposed);
        Matrix<float> expected = numbers.Matrix<float>(rows, columns);
        Matrix<float> actual = numbers.Matrix<float>(rows, columns);
        using var one = new WorkerPool(1);
        using var several = new WorkerPool(5);

        Gemm.Multiply(one, [product], expected);
        Gemm.Multiply(several, [product], actual);

        Numbers.Of(actual).Should().Equal(Numbers.Of(expected));
    }

    [Fact]
    public void Products_write_no_number_outside_the_result()
    {
        using var numbers = new Numbers(3);
        using var pool = new WorkerPool(2);
        foreach ((int rows, int columns, int depth) in new[] { (13, 33, 5), (1, 7, 100), (5, 31, 40), (9, 47, 3), (25, 65, 20) })
        {
            Matrix<float> whole = numbers.Matrix<float>(rows + 2, columns + 2);
            double[] before = Numbers.Of(whole);
            var inner = new Matrix<float>((nint)whole.At(1, 1), rows, columns, whole.Stride);

            Gemm.Multiply(pool, [new Product<float>(numbers.Matrix<float>(rows, depth), numbers.Matrix<float>(depth, columns))], inner);

            double[] after = Numbers.Of(whole);
            for (int i = 0; i < before.Length; i++)
            {
                bool isBorder = i / whole.Columns is 0 || i / whole.Columns == rows + 1 || i % whole.Columns is 0 || i % whole.Columns == columns + 1;
                (after[i] == before[i]).Should().Be(isBorder);
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_buffers_have_grown()
    {
        using var numbers = new Numbers(5);
        using var pool = new WorkerPool(2);
        Product<float>[] products = [new(numbers.Matrix<float>(40, 300), numbers.Matrix<float>(300, 100)), new(numbers.Matrix<float>(40, 16), numbers.Matrix<float>(16, 100))];
        Matrix<float> c = numbers.Matrix<float>(40, 100);
        Gemm.Multiply(pool, products, c);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Gemm.Multiply(pool, products, c, accumulate: true);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200, "a blocked lock may allocate once, a call may not");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var numbers = new Numbers(1);
        using var pool = new WorkerPool(1);
        Matrix<float> c = numbers.Matrix<float>(2, 3);

        FluentActions.Invoking(() => Gemm.Multiply(pool, [new Product<float>(numbers.Matrix<float>(2, 4), numbers.Matrix<float>(5, 3))], c))
            .Should().Throw<ArgumentException>().WithMessage("A product of [2, 4] and [5, 3] is not [2, 3].*");
        FluentActions.Invoking(() => Gemm.Multiply(pool, [new Product<float>(numbers.Matrix<float>(3, 4), numbers.Matrix<float>(4, 2))], c.Transposed))
            .Should().Throw<ArgumentException>().WithMessage("The result cannot be a transposed view*");
    }

    private static void CompareMany<T>(int threads, VectorSet widest, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var pool = new WorkerPool(threads, widest);
        for (int seed = 0; seed < 60; seed++)
        {
            Compare<T>(pool, seed, tolerance);
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
