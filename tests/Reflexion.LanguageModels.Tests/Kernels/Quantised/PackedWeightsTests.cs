using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed unsafe class PackedWeightsTests
{
    private static readonly int[] s_tokens = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 50];
    private static readonly StorageType[] s_types = Enum.GetValues<StorageType>();

    public static IEnumerable<object[]> TypesAndVectors() =>
        s_types.SelectMany(_ => Enum.GetValues<VectorSet>(), (type, vectors) => new object[] { type, vectors });

    [Theory]
    [MemberData(nameof(TypesAndVectors))]
    internal void Products_with_integers_stay_within_the_rounding_of_activations(StorageType type, VectorSet vectors)
    {
        using var pool = new WorkerPool(2, vectors);
        foreach ((int outputs, int blocks) in new[] { (1, 1), (16, 2), (37, 3), (70, 1) })
        {
            using var matrix = new RandomMatrix(type, outputs, blocks * Inputs(type), seed: outputs);
            using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);
            foreach (int tokens in s_tokens)
            {
                matrix.Compare(pool, packed, tokens, accumulate: tokens % 2 == 0, packed.Precision);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndVectors))]
    internal void Products_with_floats_stay_within_the_rounding_of_sums(StorageType type, VectorSet vectors)
    {
        using var pool = new WorkerPool(2, vectors);
        foreach ((int outputs, int blocks) in new[] { (1, 1), (33, 2), (70, 1) })
        {
            using var matrix = new RandomMatrix(type, outputs, blocks * Inputs(type), seed: outputs);
            using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Float32, pool);
            foreach (int tokens in s_tokens)
            {
                matrix.Compare(pool, packed, tokens, accumulate: tokens % 2 == 0, ActivationPrecision.Float32);
            }
        }
    }

    [Theory]
    [InlineData(StorageType.Q8_0, ActivationPrecision.Integer)]
    [InlineData(StorageType.Q4_1, ActivationPrecision.Integer)]
    [InlineData(StorageType.Q6_K, ActivationPrecision.Integer)]
    [InlineData(StorageType.Q4_1, ActivationPrecision.Float32)]
    [InlineData(StorageType.BF16, ActivationPrecision.Float32)]
    public void Prompts_and_deep_matrices_are_multiplied_in_stretches(StorageType type, ActivationPrecision precision)
    {
        using var pool = new WorkerPool(2);
        using var matrix = new RandomMatrix(type, outputs: 70, inputs: 1_536, seed: 2);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, precision, pool);

        matrix.Compare(pool, packed, 480, accumulate: false, precision);
        matrix.Compare(pool, packed, 480, accumulate: true, precision);
        matrix.Compare(pool, packed, 1, accumulate: true, precision);
    }

    [Theory]
    [InlineData(StorageType.Q8_0)]
    [InlineData(StorageType.Q4_0)]
    [InlineData(StorageType.Q5_K)]
    [InlineData(StorageType.Q3_K)]
    [InlineData(StorageType.IQ4_NL)]
    public void With_integers_a_token_gets_the_same_bits_alone_in_company_and_on_every_processor(StorageType type)
    {
        using var matrix = new RandomMatrix(type, outputs: 45, inputs: 1_280, seed: 3);
        float[]? expected = null;
        foreach (VectorSet vectors in Enum.GetValues<VectorSet>())
        {
            foreach (int threads in new[] { 1, 3 })
            {
                using var pool = new WorkerPool(threads, vectors);
                using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);
                float[] all = matrix.Multiply(pool, packed, 40);
                expected ??= all;
                all.Should().Equal(expected);
                foreach (int tokens in new[] { 1, 2, 4, 7, 16, 17 })
                {
                    matrix.Multiply(pool, packed, tokens).Should().Equal(expected.Take(tokens * 45), "{0} tokens", tokens);
                }
            }
        }
    }

    [Theory]
    [InlineData(StorageType.Q4_0)]
    [InlineData(StorageType.F16)]
    public void With_floats_a_token_gets_the_same_bits_alone_and_in_company(StorageType type)
    {
        using var pool = new WorkerPool(3);
        using var matrix = new RandomMatrix(type, outputs: 45, inputs: 1_280, seed: 3);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Float32, pool);
        float[] expected = matrix.Multiply(pool, packed, 40);

        foreach (int tokens in new[] { 1, 2, 4, 7, 16, 17 })
        {
            matrix.Multiply(pool, packed, tokens).Should().Equal(expected.Take(tokens * 45), "{0} tokens", tokens);
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndVectors))]
    internal void Rows_read_back_are_the_stored_ones_to_the_bit(StorageType type, VectorSet vectors)
    {
        using var pool = new WorkerPool(1, vectors);
        using var matrix = new RandomMatrix(type, outputs: 35, inputs: 2 * Inputs(type), seed: 4);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);
        var row = new float[packed.Inputs];

        foreach (int output in new[] { 0, 15, 16, 31, 32, 34 })
        {
            packed.ReadRow(output, row);
            row.Should().Equal(matrix.Row(output));
        }
    }

    [Theory]
    [InlineData(StorageType.Q8_0, 8.5)]
    [InlineData(StorageType.Q5_0, 8.5)]
    [InlineData(StorageType.Q5_1, 9)]
    [InlineData(StorageType.Q5_K, 10)]
    [InlineData(StorageType.Q6_K, 10)]
    [InlineData(StorageType.Q4_0, 4.5)]
    [InlineData(StorageType.IQ4_NL, 4.5)]
    [InlineData(StorageType.Q4_1, 5)]
    [InlineData(StorageType.IQ4_XS, 5)]
    [InlineData(StorageType.Q4_K, 6)]
    [InlineData(StorageType.Q3_K, 6)]
    [InlineData(StorageType.Q2_K, 8)]
    [InlineData(StorageType.F32, 32)]
    [InlineData(StorageType.F16, 16)]
    [InlineData(StorageType.BF16, 16)]
    public void Packed_numbers_take_the_bits_that_the_table_says(StorageType type, double bits)
    {
        using var pool = new WorkerPool(1);
        using var matrix = new RandomMatrix(type, outputs: 64, inputs: 1_024, seed: 5);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);

        (packed.ByteCount * 8.0 / (64 * 1_024)).Should().Be(bits);
    }

    [Theory]
    [InlineData(StorageType.Q8_0)]
    [InlineData(StorageType.Q4_1)]
    [InlineData(StorageType.F32)]
    public void Matrices_packed_together_are_rows_of_one(StorageType type)
    {
        using var pool = new WorkerPool(2);
        using var whole = new RandomMatrix(type, outputs: 60, inputs: 96, seed: 6);
        using PackedWeights packed = PackedWeights.Pack(whole.Tensor, ActivationPrecision.Integer, pool);
        using PackedWeights parts = PackedWeights.Pack([whole.Part(0, 7), whole.Part(7, 40), whole.Part(47, 13)], ActivationPrecision.Integer, pool);

        parts.Outputs.Should().Be(60);
        whole.Multiply(pool, parts, 5).Should().Equal(whole.Multiply(pool, packed, 5));
    }

    [Fact]
    public void Zeros_tiny_huge_and_spiky_activations_keep_their_bounds()
    {
        using var pool = new WorkerPool(1);
        using var matrix = new RandomMatrix(StorageType.Q4_1, outputs: 20, inputs: 64, seed: 7);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);

        matrix.Compare(pool, packed, [.. Enumerable.Repeat(0f, 64)]);
        matrix.Compare(pool, packed, [.. Enumerable.Repeat(-0f, 64)]);
        matrix.Compare(pool, packed, [.. Enumerable.Range(0, 64).Select(i => i * 1e-38f)]);
        matrix.Compare(pool, packed, [.. Enumerable.Range(0, 64).Select(i => (i - 30) * 1e30f)]);
        matrix.Compare(pool, packed, [.. Enumerable.Range(0, 64).Select(i => i == 40 ? -1e6f : 1f / (i + 1))]);
        matrix.Multiply(pool, packed, [.. Enumerable.Repeat(0f, 64)]).Should().AllBeEquivalentTo(0f);
    }

    [Fact]
    public void The_greatest_integers_do_not_overflow()
    {
        using var pool = new WorkerPool(1);
        using var matrix = new RandomMatrix(StorageType.Q8_0, outputs: 16, inputs: 256, seed: 8);
        matrix.Bytes.Fill(0x80);
        for (int block = 0; block < matrix.Bytes.Length; block += 34)
        {
            MemoryMarshal.Write(matrix.Bytes[block..], (Half)1);
        }

        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);

        matrix.Multiply(pool, packed, [.. Enumerable.Repeat(-3f, 256)]).Should().AllSatisfy(y => y.Should().BeApproximately(128 * 3 * 256, 0.05f));
    }

    [Fact]
    public void What_is_no_number_shows_in_the_result()
    {
        using var pool = new WorkerPool(1);
        using var matrix = new RandomMatrix(StorageType.Q8_0, outputs: 16, inputs: 64, seed: 9);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);

        matrix.Multiply(pool, packed, [.. Enumerable.Repeat(1f, 63), float.NaN]).Should().AllSatisfy(y => float.IsNaN(y).Should().BeTrue());
    }

    [Fact]
    public void Products_write_no_number_outside_the_result()
    {
        using var pool = new WorkerPool(2);
        using var matrix = new RandomMatrix(StorageType.Q8_0, outputs: 21, inputs: 32, seed: 10);
        foreach (ActivationPrecision precision in Enum.GetValues<ActivationPrecision>())
        {
            using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, precision, pool);
            foreach (int tokens in new[] { 1, 3, 8, 20 })
            {
                var x = new float[tokens * 40];
                var y = new float[tokens * 23];
                Array.Fill(x, 1);
                Array.Fill(y, -7_777);
                fixed (float* from = x)
                fixed (float* to = y)
                {
                    packed.Multiply(pool, from, tokens, 40, to + 1, 23);
                }

                for (int i = 0; i < y.Length; i++)
                {
                    (y[i] == -7_777).Should().Be(i % 23 is 0 or 22, "{0} tokens, number {1}", tokens, i);
                }
            }
        }
    }

    [Theory]
    [InlineData(ActivationPrecision.Integer)]
    [InlineData(ActivationPrecision.Float32)]
    public void Nothing_is_allocated_once_buffers_have_grown(ActivationPrecision precision)
    {
        using var pool = new WorkerPool(2);
        using var matrix = new RandomMatrix(StorageType.Q4_0, outputs: 320, inputs: 256, seed: 11);
        using PackedWeights packed = PackedWeights.Pack(matrix.Tensor, precision, pool);
        using var x = new NativeBuffer<float>(40 * 256);
        using var y = new NativeBuffer<float>(40 * 320);
        long least = long.MaxValue;

        // Whatever the runtime makes the first time that code runs, or a lock when it first blocks, is made once.
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
            {
                packed.Multiply(pool, x.Pointer, i % 2 == 0 ? 1 : 40, 256, y.Pointer, 320);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.Should().Be(0);
    }

    [Fact]
    public void What_cannot_be_packed_or_multiplied_is_refused()
    {
        using var pool = new WorkerPool(1);
        using var matrix = new RandomMatrix(StorageType.Q8_0, outputs: 4, inputs: 64, seed: 12);
        using var other = new RandomMatrix(StorageType.Q4_0, outputs: 4, inputs: 64, seed: 12);
        StoredTensor vector = new("norm", StorageType.F32, ImmutableArray.Create(64L), matrix.Tensor.Data, 256);
        StoredTensor ragged = new("ragged", StorageType.Q8_0, [4, 63], matrix.Tensor.Data, matrix.Tensor.ByteCount);
        PackedWeights packed = PackedWeights.Pack(matrix.Tensor, ActivationPrecision.Integer, pool);
        float* room = stackalloc float[512];

        FluentActions.Invoking(() => PackedWeights.Pack([], ActivationPrecision.Integer, pool)).Should().Throw<ArgumentException>().WithMessage("There must be a tensor to pack.*");
        FluentActions.Invoking(() => PackedWeights.Pack(vector, ActivationPrecision.Integer, pool))
            .Should().Throw<ArgumentException>().WithMessage("Tensor 'norm' has 1 dimensions; only matrices are packed.*");
        FluentActions.Invoking(() => PackedWeights.Pack(ragged, ActivationPrecision.Integer, pool))
            .Should().Throw<ArgumentException>().WithMessage("Tensor 'ragged' has rows of 63 numbers, not of whole blocks of 32 (Q8_0).*");
        FluentActions.Invoking(() => PackedWeights.Pack([matrix.Tensor, other.Tensor], ActivationPrecision.Integer, pool))
            .Should().Throw<ArgumentException>().WithMessage("Tensor 'w' (Q4_0, 64 inputs) cannot be packed with 'w' (Q8_0, 64 inputs).*");
        FluentActions.Invoking(() => PackedForm.Of((StorageType)99)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => packed.Multiply(pool, room, 2, 63, room + 256, 4)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => packed.Multiply(pool, room, 2, 64, room + 256, 3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => packed.Multiply(pool, room, -1, 64, room + 256, 4)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => packed.ReadRow(4, new float[64])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => packed.ReadRow(0, new float[63])).Should().Throw<ArgumentOutOfRangeException>();
        packed.Multiply(pool, room, 0, 0, room + 256, 0);
        packed.Dispose();
        FluentActions.Invoking(() => packed.Multiply(pool, room, 1, 64, room + 256, 4)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => packed.ReadRow(0, new float[64])).Should().Throw<ObjectDisposedException>();
    }

    // Plain floats need not come in multiples of anything.
    private static int Inputs(StorageType type) => Dequantizer.BlockSize(type) == 1 ? 43 : Math.Max(64, Dequantizer.BlockSize(type));
}
