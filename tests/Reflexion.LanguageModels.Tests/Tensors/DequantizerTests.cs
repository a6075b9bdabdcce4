using System.Runtime.Intrinsics.X86;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed unsafe class DequantizerTests
{
    private const int Numbers = 4_096;

    public static TheoryData<StorageType> Types => [.. Enum.GetValues<StorageType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_number_is_what_the_format_says(StorageType type)
    {
        byte[] blocks = RandomBlocks(type);

        Bits(Decoded(type, blocks, Dequantizer.ToSingle)).Should().Equal(Bits(Expected(type, blocks)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_kind_of_processor_gives_the_same_bits(StorageType type)
    {
        byte[] blocks = RandomBlocks(type);
        uint[] portable = Bits(Decoded(type, blocks, Dequantizer.ToSingle<PortableLanes>));

        portable.Should().Equal(Bits(Expected(type, blocks)));
        if (Avx2.IsSupported)
        {
            Bits(Decoded(type, blocks, Dequantizer.ToSingle<Avx2Lanes>)).Should().Equal(portable);
        }

        if (Avx512F.IsSupported)
        {
            Bits(Decoded(type, blocks, Dequantizer.ToSingle<Avx512Lanes>)).Should().Equal(portable);
        }
    }

    [Fact]
    public void Every_sixteen_bit_float_is_exact()
    {
        byte[] all = [.. Enumerable.Range(0, 1 << 16).SelectMany(bits => BitConverter.GetBytes((ushort)bits))];

        Bits(Decoded(StorageType.F16, all, Dequantizer.ToSingle)).Should().Equal(Bits(Expected(StorageType.F16, all)));
        Bits(Decoded(StorageType.BF16, all, Dequantizer.ToSingle)).Should().Equal(Bits(Expected(StorageType.BF16, all)));
    }

    [Theory]
    [InlineData(StorageType.F16)]
    [InlineData(StorageType.BF16)]
    public void The_numbers_beyond_the_last_eight_are_read_too(StorageType type)
    {
        byte[] three = [.. RandomBlocks(type)[..22]];

        Bits(Decoded(type, three, Dequantizer.ToSingle)).Should().Equal(Bits(Expected(type, three))).And.HaveCount(11);
    }

    [Fact]
    public void An_unknown_type_is_refused()
    {
        float number = 0;
        byte stored = 0;
        byte* source = &stored;
        float* to = &number;

        FluentActions.Invoking(() => Dequantizer.BlockSize((StorageType)99)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Dequantizer.ToSingle((StorageType)99, source, to, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private delegate void Decoder(StorageType type, byte* source, float* destination, long count);

    // Not a number is left out: a scale that is none is in no file, and its sign is the processor's affair.
    private static byte[] RandomBlocks(StorageType type)
    {
        var random = new Random(17);
        byte[] bytes = new byte[Numbers / Dequantizer.BlockSize(type) * Dequantizer.BytesPerBlock(type)];
        do
        {
            random.NextBytes(bytes);
            for (int at = 0; at < bytes.Length; at += Dequantizer.BytesPerBlock(type))
            {
                Tame(bytes.AsSpan(at, Dequantizer.BytesPerBlock(type)));
            }
        }
        while (Expected(type, bytes).Any(float.IsNaN));
        return bytes;
    }

    // Half scales lie at even places; an exponent's highest bit unset makes each a finite number.
    private static void Tame(Span<byte> block)
    {
        for (int at = 1; at < block.Length; at += 2)
        {
            block[at] &= block.Length <= 4 || at is 1 or 3 || at >= 80 ? (byte)0xbf : (byte)0xff;
        }
    }

    private static float[] Decoded(StorageType type, byte[] blocks, Decoder decode)
    {
        float[] values = new float[blocks.Length / Dequantizer.BytesPerBlock(type) * Dequantizer.BlockSize(type)];
        fixed (byte* from = blocks)
        fixed (float* to = values)
        {
            decode(type, from, to, values.Length);
        }

        return values;
    }

    private static float[] Expected(StorageType type, byte[] blocks)
    {
        int count = Dequantizer.BlockSize(type);
        int bytes = Dequantizer.BytesPerBlock(type);
        return [.. Enumerable.Range(0, blocks.Length / bytes * count).Select(i => ScalarBlocks.Number(type, blocks.AsSpan(i / count * bytes, bytes), i % count))];
    }

    // A zero has a sign that formats with a minimum do not promise; what is not a number may be none in many ways.
    private static uint[] Bits(float[] values) =>
        [.. values.Select(value => value == 0 ? 0 : float.IsNaN(value) ? uint.MaxValue : BitConverter.SingleToUInt32Bits(value))];
}
