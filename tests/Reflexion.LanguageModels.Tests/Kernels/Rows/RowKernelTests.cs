using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Every kernel on rows against the formula in plain loops of doubles, in each precision with each set of vectors.</summary>
public sealed unsafe class RowKernelTests
{
    private static readonly int[] Widths = [1, 2, 7, 16, 31, 64, 100, 577];

    public static TheoryData<bool, int> Paths => new()
    {
        { true, (int)VectorSet.Avx512 },
        { true, (int)VectorSet.Avx2 },
        { true, (int)VectorSet.Portable },
        { false, (int)VectorSet.Avx512 },
        { false, (int)VectorSet.Avx2 },
        { false, (int)VectorSet.Portable },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Norms_divide_by_the_root_mean_square(bool isSingle, int vectors) => Run(isSingle, vectors, new Norm());

    [Theory]
    [MemberData(nameof(Paths))]
    public void Turning_rotates_pairs_and_turning_back_undoes_it(bool isSingle, int vectors) => Run(isSingle, vectors, new Turn());

    [Theory]
    [MemberData(nameof(Paths))]
    public void Gated_units_and_their_gradients_follow_the_formula(bool isSingle, int vectors) => Run(isSingle, vectors, new Gate());

    [Theory]
    [MemberData(nameof(Paths))]
    public void Probabilities_are_normalised_exponentials(bool isSingle, int vectors) => Run(isSingle, vectors, new Probability());

    [Theory]
    [MemberData(nameof(Paths))]
    public void Vector_arithmetic_is_that_of_its_numbers(bool isSingle, int vectors) => Run(isSingle, vectors, new Arithmetic());

    [Theory]
    [MemberData(nameof(Paths))]
    public void AdamW_takes_the_published_step(bool isSingle, int vectors) => Run(isSingle, vectors, new Step());

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rows_are_gathered_and_gradients_scattered(bool isSingle, int vectors) => Run(isSingle, vectors, new Rows());

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        using var numbers = new Numbers(1);
        using var one = new WorkerPool(1);
        using var five = new WorkerPool(5);
        float* x = numbers.Vector<float>(100_000);
        float* y = numbers.Vector<float>(100_000);

        Vectors.Dot(one, x, y, 100_000).Should().Be(Vectors.Dot(five, x, y, 100_000));
    }

    [Fact]
    public void A_long_sum_of_squares_keeps_its_digits()
    {
        using var numbers = new Numbers(1);
        using var pool = new WorkerPool(2);
        float* x = numbers.Vector<float>(3_000_000);
        new Span<float>(x, 3_000_000).Fill(0.1f);

        Vectors.SumOfSquares(pool, x, 3_000_000).Should().BeApproximately(3_000_000.0 * 0.1f * 0.1f, 0.05);
    }

    [Theory]
    [InlineData(VectorSet.Avx512)]
    [InlineData(VectorSet.Avx2)]
    [InlineData(VectorSet.Portable)]
    internal void Exponentials_are_right_to_two_units_in_the_last_place(VectorSet vectors)
    {
        using var pool = new WorkerPool(1, vectors);
        using var numbers = new Numbers(2);
        const int Count = 40_000;
        float* x = numbers.Vector<float>(2 * Count);
        for (int i = 0; i < Count; i++)
        {
            x[2 * i] = -86 * (i / (float)Count);
            x[(2 * i) + 1] = 0;
        }

        // exp(x) / (exp(x) + 1) of two numbers, the smaller against the larger: their quotient is the exponential.
        Softmax.Probabilities(pool, new Matrix<float>(x, Count, 2), new Matrix<float>(x, Count, 2));

        double worst = 0;
        for (int i = 0; i < Count; i++)
        {
            double exact = Math.Exp(-86 * (i / (float)Count));
            worst = Math.Max(worst, Math.Abs((x[2 * i] / (double)x[(2 * i) + 1]) - exact) / exact);
        }

        worst.Should().BeLessThan(1e-6, "four roundings of 2⁻²⁴ each, and a quotient's");
    }

    [Fact]
    public void Probabilities_of_hopeless_and_of_certain_tokens_are_zero_and_one()
    {
        foreach (VectorSet vectors in Enum.GetValues<VectorSet>())
        {
            using var pool = new WorkerPool(1, vectors);
            using var numbers = new Numbers(2);
            float* x = numbers.Vector<float>(20);
            new Span<float>(x, 20).Fill(float.NegativeInfinity);
            x[3] = 1e4f;
            x[4] = -1e4f;

            Softmax.Probabilities(pool, new Matrix<float>(x, 1, 20), new Matrix<float>(x, 1, 20));

            Numbers.Of(x, 20).Should().Equal(Enumerable.Range(0, 20).Select(i => i == 3 ? 1.0 : 0.0));
        }
    }

    [Fact]
    public void Tables_for_an_odd_head_are_refused() =>
        FluentActions.Invoking(() => new RotaryTable<float>(4, 5, 10_000, RotaryLayout.Halves)).Should().Throw<ArgumentOutOfRangeException>();

    private static void Run(bool isSingle, int vectors, ICheck check)
    {
        using var pool = new WorkerPool(3, (VectorSet)vectors);
        foreach (int width in Widths)
        {
            using var numbers = new Numbers(width);
            int rows = width == 64 ? 300 : numbers.Next(9);
            if (isSingle)
            {
                check.Run<float>(pool, numbers, rows, width, 3e-6);
            }
            else
            {
                check.Run<double>(pool, numbers, rows, width, 1e-13);
            }
        }
    }

    private static double Dot(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Row(double[] values, int row, int width) => values[(row * width)..((row + 1) * width)];

    private static void Compare(double[] actual, IEnumerable<double> expected, double tolerance) =>
        Numbers.Deviation(actual, [.. expected]).Should().BeLessThan(tolerance);

    private interface ICheck
    {
        void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    private sealed class Norm : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Matrix<T> x = numbers.Matrix<T>(rows, width, slack: 3);
            Matrix<T> y = numbers.Matrix<T>(rows, width);
            Matrix<T> dx = numbers.Matrix<T>(rows, width, slack: 1);
            T* weight = numbers.Vector<T>(width);
            T* weightGradient = numbers.Vector<T>(width);
            T* scales = numbers.Vector<T>(rows);
            Matrix<T> dy = numbers.Matrix<T>(rows, width);
            double[] xs = Numbers.Of(x);
            double[] dys = Numbers.Of(dy);
            double[] w = Numbers.Of(weight, width);
            double[] dxs = Numbers.Of(dx);
            double[] dws = Numbers.Of(weightGradient, width);
            double[] s = [.. Enumerable.Range(0, rows).Select(i => 1 / Math.Sqrt((Dot(Row(xs, i, width), Row(xs, i, width)) / width) + 0.125))];

            RmsNorm.Forward(pool, x, weight, T.CreateChecked(0.125), y, scales);
            RmsNorm.Backward(pool, dy, x, weight, scales, dx, accumulate: true, weightGradient);

            Compare(Numbers.Of(scales, rows), s, tolerance);
            Compare(Numbers.Of(y), xs.Select((value, i) => value * w[i % width] * s[i / width]), tolerance);
            Compare(
                Numbers.Of(dx),
                xs.Select((value, i) =>
                {
                    double inner = Enumerable.Range(0, width).Sum(j => w[j] * dys[(i / width * width) + j] * xs[(i / width * width) + j]);
                    double scale = s[i / width];
                    return dxs[i] + (scale * w[i % width] * dys[i]) - (value * scale * scale * scale * inner / width);
                }),
                tolerance);
            Compare(Numbers.Of(weightGradient, width), dws.Select((value, j) => value + Enumerable.Range(0, rows).Sum(i => dys[(i * width) + j] * xs[(i * width) + j] * s[i])), tolerance);

            RmsNorm.Backward(pool, dy, x, weight, scales, dy, accumulate: false, null);
            Compare(Numbers.Of(dy), Numbers.Of(dx).Select((value, i) => value - dxs[i]), 10 * tolerance);
        }
    }

    private sealed class Turn : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (RotaryLayout layout in Enum.GetValues<RotaryLayout>())
            {
                int size = 2 * ((width % 40) + 1);
                int heads = 3;
                using var table = new RotaryTable<T>(50, size, 100, layout);
                Matrix<T> x = numbers.Matrix<T>(rows, heads * size, slack: 1);
                double[] before = Numbers.Of(x);
                int[] positions = [.. Enumerable.Range(0, rows).Select(_ => numbers.Next(50))];
                fixed (int* first = positions)
                {
                    Rotary.Turn(pool, x, first, table, isBackward: false);
                    Compare(Numbers.Of(x), Turned(before, positions, heads, size, layout), tolerance);
                    Rotary.Turn(pool, x, first, table, isBackward: true);
                }

                Compare(Numbers.Of(x), before, tolerance);
            }
        }

        private static double[] Turned(double[] x, int[] positions, int heads, int size, RotaryLayout layout)
        {
            var turned = new double[x.Length];
            for (int i = 0; i < positions.Length * heads * (size / 2); i++)
            {
                int pair = i % (size / 2);
                int head = i / (size / 2);
                int a = (head * size) + (layout == RotaryLayout.Halves ? pair : 2 * pair);
                int b = layout == RotaryLayout.Halves ? a + (size / 2) : a + 1;
                double angle = positions[head / heads] * Math.Pow(100, -2.0 * pair / size);
                turned[a] = (x[a] * Math.Cos(angle)) - (x[b] * Math.Sin(angle));
                turned[b] = (x[a] * Math.Sin(angle)) + (x[b] * Math.Cos(angle));
            }

            return turned;
        }
    }

    private sealed class Gate : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var gate = new Matrix<T>(numbers.Vector<T>(rows * width, 8), rows, width);
            Matrix<T> up = numbers.Matrix<T>(rows, width, slack: 2);
            Matrix<T> y = numbers.Matrix<T>(rows, width);
            Matrix<T> dy = numbers.Matrix<T>(rows, width);
            double[] g = Numbers.Of(gate);
            double[] u = Numbers.Of(up);
            double[] d = Numbers.Of(dy);
            double[] s = [.. g.Select(value => 1 / (1 + Math.Exp(-value)))];

            SwiGlu.Forward(pool, gate, up, y);
            SwiGlu.Backward(pool, dy, gate, up, gate, up);

            Compare(Numbers.Of(y), g.Select((value, i) => value * s[i] * u[i]), tolerance);
            Compare(Numbers.Of(gate), g.Select((value, i) => d[i] * u[i] * s[i] * (1 + (value * (1 - s[i])))), tolerance);
            Compare(Numbers.Of(up), g.Select((value, i) => d[i] * value * s[i]), tolerance);
        }
    }

    private sealed class Probability : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var logits = new Matrix<T>(numbers.Vector<T>(rows * width, 20), rows, width);
            Matrix<T> p = numbers.Matrix<T>(rows, width, slack: 2);
            T* logProbabilities = numbers.Vector<T>(rows);
            T* logSums = numbers.Vector<T>(rows);
            T* gradients = numbers.Vector<T>(rows);
            double[] x = Numbers.Of(logits);
            int[] targets = [.. Enumerable.Range(0, rows).Select(_ => numbers.Next(width))];
            double[] sums = [.. Enumerable.Range(0, rows).Select(i => Math.Log(Row(x, i, width).Sum(Math.Exp)))];
            if (rows > 1)
            {
                gradients[1] = T.Zero;
            }

            Softmax.Probabilities(pool, logits, p);
            Compare(Numbers.Of(p), x.Select((value, i) => Math.Exp(value - sums[i / width])), tolerance);
            Softmax.LogProbabilities(pool, logits, p);
            Compare(Numbers.Of(p), x.Select((value, i) => value - sums[i / width]), tolerance);
            fixed (int* first = targets)
            {
                Softmax.TokenForward(pool, logits, null, null, logSums);
                Softmax.TokenForward(pool, logits, first, logProbabilities, logSums);
                Softmax.TokenBackward(pool, logits, first, logSums, gradients);
            }

            Compare(Numbers.Of(logSums, rows), sums, tolerance);
            Compare(Numbers.Of(logProbabilities, rows), targets.Select((target, i) => x[(i * width) + target] - sums[i]), tolerance);
            double[] g = Numbers.Of(gradients, rows);
            Compare(
                Numbers.Of(logits), x.Select((value, i) => g[i / width] * ((targets[i / width] == i % width ? 1 : 0) - Math.Exp(value - sums[i / width]))), 2 * tolerance);
        }
    }

    private sealed class Arithmetic : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int length = rows * width;
            T* x = numbers.Vector<T>(length);
            T* y = numbers.Vector<T>(length + 1);
            double[] xs = Numbers.Of(x, length);
            double[] ys = Numbers.Of(y, length);
            double guard = double.CreateChecked(y[length]);

            Vectors.Dot(pool, x, y, length).Should().BeApproximately(Dot(xs, ys), tolerance * Math.Max(1, length));
            Vectors.SumOfSquares(pool, x, length).Should().BeApproximately(Dot(xs, xs), tolerance * Math.Max(1, length));
            Vectors.Add(pool, x, y, length);
            Vectors.AddScaled(pool, T.CreateChecked(-0.5), x, y, length);
            Vectors.Scale(pool, T.CreateChecked(3), y, length);
            Vectors.Multiply(pool, x, y, length);
            Compare(Numbers.Of(y, length), xs.Zip(ys, (a, b) => a * 3 * (b + (0.5 * a))), tolerance);

            T* row = numbers.Vector<T>(width);
            double[] bias = Numbers.Of(row, width);
            var matrix = new Matrix<T>(x, rows, width);
            Vectors.AddToRows(pool, row, matrix);
            Compare(Numbers.Of(x, length), xs.Select((value, i) => value + bias[i % width]), tolerance);
            Vectors.AddRowsTo(pool, matrix, row);
            Compare(Numbers.Of(row, width), bias.Select((value, j) => value + Enumerable.Range(0, rows).Sum(i => xs[(i * width) + j] + value)), 30 * tolerance);
            double.CreateChecked(y[length]).Should().Be(guard);
        }
    }

    private sealed class Step : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int length = rows * width;
            T* p = numbers.Vector<T>(length);
            T* m = numbers.Vector<T>(length, 0);
            T* v = numbers.Vector<T>(length, 0);
            double[] expected = Numbers.Of(p, length);
            var first = new double[length];
            var second = new double[length];
            for (int step = 1; step <= 3; step++)
            {
                T* gradient = numbers.Vector<T>(length);
                double[] g = Numbers.Of(gradient, length);
                AdamW.Update(pool, p, gradient, m, v, length, new AdamWStep(0.01, 0.9, 0.999, 1e-3, 0.1, step, 0.5));
                for (int i = 0; i < length; i++)
                {
                    first[i] = (0.9 * first[i]) + (0.1 * 0.5 * g[i]);
                    second[i] = (0.999 * second[i]) + (0.001 * 0.25 * g[i] * g[i]);
                    double change = first[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-3);
                    expected[i] -= 0.01 * ((0.1 * expected[i]) + change);
                }

                Compare(Numbers.Of(p, length), expected, tolerance);
                Compare(Numbers.Of(m, length), first, tolerance);
                Compare(Numbers.Of(v, length), second, tolerance);
            }
        }
    }

    private sealed class Rows : ICheck
    {
        public void Run<T>(WorkerPool pool, Numbers numbers, int rows, int width, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Matrix<T> table = numbers.Matrix<T>(5, width, slack: 1);
            Matrix<T> y = numbers.Matrix<T>(rows, width);
            double[] before = Numbers.Of(table);
            int[] ids = [.. Enumerable.Range(0, rows).Select(_ => numbers.Next(5))];
            fixed (int* first = ids)
            {
                Embedding.Gather(pool, table, first, y);
                Embedding.ScatterAdd(pool, y, first, table);
            }

            Numbers.Of(y).Should().Equal(Enumerable.Range(0, rows * width).Select(i => before[(ids[i / width] * width) + (i % width)]));
            Compare(Numbers.Of(table), before.Select((value, i) => value * (1 + ids.Count(id => id == i / width))), tolerance);
        }
    }
}
