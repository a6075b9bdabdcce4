using System.Numerics;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Attention beside the formula in plain loops of doubles, and its gradients beside central differences.</summary>
public sealed unsafe class AttentionTests
{
    public static TheoryData<int> VectorSets => [(int)VectorSet.Avx512, (int)VectorSet.Avx2, (int)VectorSet.Portable];

    [Theory]
    [MemberData(nameof(VectorSets))]
    public void Outputs_equal_the_formula(int vectors)
    {
        using var pool = new WorkerPool(3, (VectorSet)vectors);
        for (int seed = 0; seed < 10; seed++)
        {
            CompareForward<double>(pool, seed, 1e-13);
            CompareForward<float>(pool, seed, 3e-6);
        }
    }

    [Theory]
    [MemberData(nameof(VectorSets))]
    public void Gradients_equal_the_formula(int vectors)
    {
        using var pool = new WorkerPool(3, (VectorSet)vectors);
        for (int seed = 0; seed < 10; seed++)
        {
            CompareBackward<double>(pool, seed, 1e-12);
            CompareBackward<float>(pool, seed, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(VectorSets))]
    public void Gradients_equal_central_differences(int vectors)
    {
        using var pool = new WorkerPool(2, (VectorSet)vectors);
        using var batch = new Batch<double>(new AttentionShape(4, 2, 10), [new(0, 9), new(9, 5, 9, 5, 0, 9), new(14, 3, 14, 6, 2, 7)], 17, 20, seed: 5);
        batch.Forward(pool);
        batch.Backward(pool);
        foreach ((Matrix<double> values, Matrix<double> gradient) in new[] { (batch.Queries, batch.QueryGradient), (batch.Keys, batch.KeyGradient), (batch.Values, batch.ValueGradient) })
        {
            double[] analytic = Numbers.Of(gradient);
            var numeric = new double[analytic.Length];
            for (int i = 0; i < analytic.Length; i++)
            {
                double* value = values.At(i / values.Columns, i % values.Columns);
                double before = *value;
                *value = before + 1e-5;
                double above = batch.Loss(pool);
                *value = before - 1e-5;
                numeric[i] = (above - batch.Loss(pool)) / 2e-5;
                *value = before;
            }

            double largest = analytic.Max(Math.Abs);
            analytic.Zip(numeric, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6 * largest);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        using var one = new WorkerPool(1);
        using var five = new WorkerPool(5);
        using var batch = new Batch<float>(new AttentionShape(6, 2, 16), [new(0, 70), new(70, 40, 70, 40, 0, 70), new(110, 33, 110, 33, 0, 70)], 143, 143, seed: 1);
        batch.Forward(one);
        batch.Backward(one);
        double[][] expected = batch.Results();
        batch.Forward(five);
        batch.Backward(five);
        double[][] actual = batch.Results();
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Should().Equal(expected[i]);
        }
    }

    [Fact]
    public void A_shared_prefix_gives_what_whole_sequences_give()
    {
        using var pool = new WorkerPool(2);
        var shape = new AttentionShape(2, 1, 8);
        using var shared = new Batch<double>(shape, [new(0, 20), new(20, 13, 20, 13, 0, 20)], 33, 33, seed: 3);
        using var whole = new Batch<double>(shape, [new(0, 33)], 33, 33, seed: 3);
        shared.Forward(pool);
        shared.Backward(pool);
        whole.Forward(pool);
        whole.Backward(pool);

        foreach ((double[] a, double[] b) in shared.Results().Zip(whole.Results()))
        {
            Numbers.Deviation(a, b).Should().BeLessThan(1e-13);
        }
    }

    [Fact]
    public void Large_products_do_not_overflow()
    {
        using var pool = new WorkerPool(1);
        using var batch = new Batch<float>(new AttentionShape(1, 1, 4), [new(0, 40)], 40, 40, seed: 1, scale: 300);
        batch.Forward(pool);
        batch.Backward(pool);

        batch.Results().Should().OnlyContain(values => values.All(double.IsFinite));
    }

    [Theory]
    [MemberData(nameof(VectorSets))]
    public void Decoding_equals_the_last_row_of_the_whole(int vectors)
    {
        using var pool = new WorkerPool(2, (VectorSet)vectors);
        foreach ((int keyHeads, int size, int count) in new[] { (2, 64, 33), (2, 5, 1), (2, 80, 7), (2, 16, 64), (6, 32, 65), (3, 64, 130), (1, 20, 300) })
        {
            var shape = new AttentionShape(6, keyHeads, size);
            using var batch = new Batch<float>(shape, [new(0, count)], count, count, seed: size);
            batch.Forward(pool);
            var last = new Matrix<float>((nint)batch.Queries.At(count - 1, 0), 1, shape.Heads * size, batch.Queries.Stride);
            DecodeSequence[] sequences = [new((nint)batch.Keys.Pointer, (nint)batch.Values.Pointer, count)];

            DecodeAttention.Run(pool, shape, sequences, batch.Keys.Stride, last, last);

            Numbers.Deviation(Numbers.Of(last), Numbers.Of(batch.Output).AsSpan()[^(shape.Heads * size)..]).Should().BeLessThan(1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(VectorSets))]
    public void Decoding_in_company_gives_the_same_bits_as_alone(int vectors)
    {
        var shape = new AttentionShape(6, 2, 40);
        int[] counts = [1, 64, 200, 63, 129];
        using var batch = new Batch<float>(shape, [], counts.Length, counts.Sum(), seed: 5);
        DecodeSequence[] sequences =
        [
            .. counts.Select((count, i) => new DecodeSequence((nint)batch.Keys.At(counts[..i].Sum(), 0), (nint)batch.Values.At(counts[..i].Sum(), 0), count)),
        ];
        using var pool = new WorkerPool(3, (VectorSet)vectors);
        DecodeAttention.Run(pool, shape, sequences, batch.Keys.Stride, batch.Queries, batch.Output);

        using var alone = new WorkerPool(1, (VectorSet)vectors);
        for (int i = 0; i < sequences.Length; i++)
        {
            Matrix<float> query = batch.Queries.RowsFrom(i, 1);
            DecodeAttention.Run(alone, shape, [sequences[i]], batch.Keys.Stride, query, query);

            Numbers.Of(query).Should().Equal(Numbers.Of(batch.Output.RowsFrom(i, 1)));
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_buffers_have_grown()
    {
        using var pool = new WorkerPool(2);
        using var batch = new Batch<float>(new AttentionShape(2, 1, 16), [new(0, 50)], 50, 50, seed: 1);
        batch.Forward(pool);
        batch.Backward(pool);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            batch.Forward(pool);
            batch.Backward(pool);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000);
    }

    [Fact]
    public void Segments_outside_the_rows_and_heads_that_do_not_share_are_refused()
    {
        using var pool = new WorkerPool(1);
        foreach (AttentionSegment segment in new AttentionSegment[] { new(0, 6), new(-1, 2), new(0, 3, 0, 2), new(0, 2, 0, 2, 4, 2), new(0, 2, 4, 2) })
        {
            using var batch = new Batch<float>(new AttentionShape(2, 1, 4), [segment], 5, 5, seed: 1);
            FluentActions.Invoking(() => batch.Forward(pool)).Should().Throw<ArgumentException>().WithMessage("*lies outside 5 queries and 5 keys*");
        }

        using var odd = new Batch<float>(new AttentionShape(3, 3, 4), [], 5, 5, seed: 1);
        FluentActions.Invoking(() => Attention.Forward(pool, new AttentionShape(3, 2, 4), [], odd.Queries, odd.Keys, odd.Values, odd.Output, null))
            .Should().Throw<ArgumentException>().WithMessage("3 heads of 4 numbers cannot share 2 key heads.*");
        FluentActions.Invoking(() => Attention.Forward(pool, new AttentionShape(2, 1, 4), [], odd.Queries, odd.Keys, odd.Values, odd.Output, null))
            .Should().Throw<ArgumentException>().WithMessage("Queries [5, 12]*do not fit*");
    }

    private static void CompareForward<T>(WorkerPool pool, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Batch<T> batch = Batch<T>.Random(seed);
        double[] untouched = Numbers.Of(batch.Output);
        batch.Forward(pool);
        Numbers.Deviation(Numbers.Of(batch.Output), new Formula(batch.Shape, batch.Segments, batch.Inputs()).Output(untouched)).Should().BeLessThan(tolerance, "of seed {0}", seed);
    }

    private static void CompareBackward<T>(WorkerPool pool, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Batch<T> batch = Batch<T>.Random(seed);
        double[] untouched = Numbers.Of(batch.QueryGradient);
        batch.Forward(pool);
        batch.Backward(pool);
        (double[] q, double[] k, double[] v) = new Formula(batch.Shape, batch.Segments, batch.Inputs()).Gradients(untouched, Numbers.Of(batch.OutputGradient));
        Numbers.Deviation(Numbers.Of(batch.QueryGradient), q).Should().BeLessThan(tolerance, "of seed {0}", seed);
        Numbers.Deviation(Numbers.Of(batch.KeyGradient), k).Should().BeLessThan(tolerance, "of seed {0}", seed);
        Numbers.Deviation(Numbers.Of(batch.ValueGradient), v).Should().BeLessThan(tolerance, "of seed {0}", seed);
    }

    private sealed class Batch<T> : IDisposable
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Numbers _numbers;
        private readonly T* _logSums;

        public Batch(AttentionShape shape, AttentionSegment[] segments, int queries, int keys, int seed, double scale = 1)
        {
            _numbers = new Numbers(seed);
            Shape = shape;
            Segments = segments;
            int width = shape.Heads * shape.HeadSize;
            int keyWidth = shape.KeyValueHeads * shape.HeadSize;
            Queries = new Matrix<T>(_numbers.Vector<T>(queries * width, 2 * scale), queries, width);
            Keys = new Matrix<T>(_numbers.Vector<T>(keys * keyWidth, 2 * scale), keys, keyWidth);
            Values = _numbers.Matrix<T>(keys, keyWidth);
            OutputGradient = _numbers.Matrix<T>(queries, width, slack: 2);
            Output = _numbers.Matrix<T>(queries, width, slack: 1);
            QueryGradient = _numbers.Matrix<T>(queries, width);
            KeyGradient = _numbers.Matrix<T>(keys, keyWidth);
            ValueGradient = _numbers.Matrix<T>(keys, keyWidth, slack: 3);
            _logSums = _numbers.Vector<T>(shape.Heads * queries);
        }

        public AttentionShape Shape { get; }

        public AttentionSegment[] Segments { get; }

        public Matrix<T> Queries { get; }

        public Matrix<T> Keys { get; }

        public Matrix<T> Values { get; }

        public Matrix<T> Output { get; }

        public Matrix<T> OutputGradient { get; }

        public Matrix<T> QueryGradient { get; }

        public Matrix<T> KeyGradient { get; }

        public Matrix<T> ValueGradient { get; }

        /// <summary>A prompt, sequences of their own and sequences that go on from the prompt, with gaps between.</summary>
        public static Batch<T> Random(int seed)
        {
            var random = new Random(seed);
            int keyHeads = random.Next(1, 3);
            var shape = new AttentionShape(keyHeads * random.Next(1, 3), keyHeads, random.Next(3) switch { 0 => 16, 1 => random.Next(1, 20), _ => 32 });
            var segments = new List<AttentionSegment>();
            int queries = random.Next(3);
            int keys = random.Next(15);
            for (int i = random.Next(4); i >= 0; i--)
            {
                int count = random.Next(3) switch { 0 => random.Next(3), 1 => random.Next(30), _ => random.Next(80) };
                int own = count + (count > 0 && random.Next(2) == 0 ? random.Next(40) : 0);
                bool hasPrefix = segments.Count > 0 && random.Next(2) == 0;
                segments.Add(hasPrefix
                    ? new(queries, count, keys, own, segments[0].KeyStart, segments[0].KeyCount)
                    : new(queries, count, keys, own));
                queries += count + random.Next(3);
                keys += own + random.Next(3);
            }

            return new Batch<T>(shape, [.. segments], queries, keys, seed);
        }

        public void Forward(WorkerPool pool) => Attention.Forward(pool, Shape, Segments, Queries, Keys, Values, Output, _logSums);

        public void Backward(WorkerPool pool) =>
            Attention.Backward(pool, Shape, Segments, Queries, Keys, Values, Output, _logSums, OutputGradient, QueryGradient, KeyGradient, ValueGradient);

        public double Loss(WorkerPool pool)
        {
            Attention.Forward(pool, Shape, Segments, Queries, Keys, Values, Output, null);
            return Numbers.Of(Output).Zip(Numbers.Of(OutputGradient), (a, b) => a * b).Sum();
        }

        public double[][] Inputs() => [Numbers.Of(Queries), Numbers.Of(Keys), Numbers.Of(Values)];

        public double[][] Results() => [Numbers.Of(Output), Numbers.Of(QueryGradient), Numbers.Of(KeyGradient), Numbers.Of(ValueGradient)];

        public void Dispose() => _numbers.Dispose();
    }

    private sealed class Formula(AttentionShape shape, AttentionSegment[] segments, double[][] inputs)
    {
        private readonly int _width = shape.Heads * shape.HeadSize;
        private readonly int _keyWidth = shape.KeyValueHeads * shape.HeadSize;

        public double[] Output(double[] untouched)
        {
            double[] output = [.. untouched];
            ForEach((query, head, keys, p) =>
            {
                for (int d = 0; d < shape.HeadSize; d++)
                {
                    output[At(query, head, d)] = keys.Select((key, i) => p[i] * inputs[2][KeyAt(key, head, d)]).Sum();
                }
            });
            return output;
        }

        public (double[] Queries, double[] Keys, double[] Values) Gradients(double[] untouched, double[] gradient)
        {
            double[] q = [.. untouched];
            var k = new double[inputs[1].Length];
            var v = new double[inputs[2].Length];
            ForEach((query, head, keys, p) =>
            {
                double[] dp = [.. keys.Select(key => Enumerable.Range(0, shape.HeadSize).Sum(d => gradient[At(query, head, d)] * inputs[2][KeyAt(key, head, d)]))];
                double mean = p.Zip(dp, (a, b) => a * b).Sum();
                for (int d = 0; d < shape.HeadSize; d++)
                {
                    q[At(query, head, d)] = 0;
                    for (int i = 0; i < keys.Length; i++)
                    {
                        double ds = p[i] * (dp[i] - mean) * shape.Scale;
                        q[At(query, head, d)] += ds * inputs[1][KeyAt(keys[i], head, d)];
                        k[KeyAt(keys[i], head, d)] += ds * inputs[0][At(query, head, d)];
                        v[KeyAt(keys[i], head, d)] += p[i] * gradient[At(query, head, d)];
                    }
                }
            });
            return (q, k, v);
        }

        private int At(int row, int head, int d) => (row * _width) + (head * shape.HeadSize) + d;

        private int KeyAt(int row, int head, int d) => (row * _keyWidth) + (head / shape.Group * shape.HeadSize) + d;

        private void ForEach(Action<int, int, int[], double[]> use)
        {
            foreach (AttentionSegment segment in segments)
            {
                for (int i = 0; i < segment.QueryCount; i++)
                {
                    int query = segment.QueryStart + i;
                    int[] keys = [.. Enumerable.Range(segment.PrefixStart, segment.PrefixCount), .. Enumerable.Range(segment.KeyStart, i + segment.Offset + 1)];
                    for (int head = 0; head < shape.Heads; head++)
                    {
                        double[] products = [.. keys.Select(key =>
                            shape.Scale * Enumerable.Range(0, shape.HeadSize).Sum(d => inputs[0][At(query, head, d)] * inputs[1][KeyAt(key, head, d)]))];
                        double most = products.Max();
                        double total = products.Sum(product => Math.Exp(product - most));
                        use(query, head, keys, [.. products.Select(product => Math.Exp(product - most) / total)]);
                    }
                }
            }
        }
    }
}
