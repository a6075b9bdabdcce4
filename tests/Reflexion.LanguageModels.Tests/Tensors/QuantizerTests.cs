using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class QuantizerTests
{
    [Theory]
    [InlineData(1f, 0x3f80)]
    [InlineData(1.00390625f, 0x3f80)] // half-way, the even one is below
    [InlineData(1.01171875f, 0x3f82)] // half-way, the even one is above
    [InlineData(-2.5f, 0xc020)]
    [InlineData(float.MaxValue, 0x7f80)]
    [InlineData(float.NegativeInfinity, 0xff80)]
    public void Upper_halves_are_rounded_to_the_nearest_even(float value, int expected) =>
        BitConverter.ToUInt16(Stored(StorageType.BF16, value)).Should().Be((ushort)expected);

    [Fact]
    public void What_is_not_a_number_stays_none()
    {
        float hidden = BitConverter.UInt32BitsToSingle(0x7f800001);

        foreach (StorageType type in (StorageType[])[StorageType.F32, StorageType.F16, StorageType.BF16])
        {
            float.IsNaN(Read(type, Stored(type, hidden))[0]).Should().BeTrue($"{type} keeps it");
        }
    }

    [Fact]
    public void Blocks_are_within_half_a_step_and_a_half_floats_rounding() => Prop.ForAll(
        Gen.Choose(-1_000_000, 1_000_000).Select(number => number / 1000f).ArrayOf(64).ToArbitrary(),
        values =>
        {
            float[] read = Read(StorageType.Q8_0, Stored(StorageType.Q8_0, values));
            for (int i = 0; i < values.Length; i++)
            {
                float greatest = values.Skip(i / 32 * 32).Take(32).Max(Math.Abs);
                Math.Abs(read[i] - values[i]).Should().BeLessThanOrEqualTo((greatest / 127 * 0.5f) + (greatest * 0.0006f) + 1e-4f);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_block_of_zeros_is_zeros() => Read(StorageType.Q8_0, Stored(StorageType.Q8_0, new float[32])).Should().OnlyContain(value => value == 0);

    [Fact]
    public void The_greatest_of_a_block_takes_the_last_step() =>
        Stored(StorageType.Q8_0, [127, -127, 63.5f, -63.5f, .. new float[28]]).Skip(2).Take(4).Should().Equal([127, unchecked((byte)-127), 64, unchecked((byte)-64)]);

    [Fact]
    public void Types_that_are_only_read_are_refused()
    {
        Quantizer.Supports(StorageType.Q4_K).Should().BeFalse();
        FluentActions.Invoking(() => Stored(StorageType.Q4_K, new float[256])).Should().Throw<NotSupportedException>().WithMessage("*Q4_K*F32, F16, BF16 or Q8_0*");
    }

    private static byte[] Stored(StorageType type, params float[] values)
    {
        byte[] bytes = new byte[values.Length / Dequantizer.BlockSize(type) * Dequantizer.BytesPerBlock(type)];
        Quantizer.FromSingle(type, values, bytes);
        return bytes;
    }

    private static unsafe float[] Read(StorageType type, byte[] bytes)
    {
        float[] values = new float[bytes.Length / Dequantizer.BytesPerBlock(type) * Dequantizer.BlockSize(type)];
        fixed (byte* from = bytes)
        fixed (float* to = values)
        {
            Dequantizer.ToSingle(type, from, to, values.Length);
        }

        return values;
    }
}
