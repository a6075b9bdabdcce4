using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>What each number of a block is, one by one, as the formats are described: what the vectorised code is held against.</summary>
internal static class ScalarBlocks
{
    private static readonly int[] s_steps = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    internal static float Number(StorageType type, ReadOnlySpan<byte> block, int i) => type switch
    {
        StorageType.F32 => BitConverter.ToSingle(block),
        StorageType.F16 => Half(block, 0),
        StorageType.BF16 => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(block) << 16),
        StorageType.Q8_0 => (sbyte)block[2 + i] * Half(block, 0),
        StorageType.Q4_0 => (Nibble(block[2..], i) - 8) * Half(block, 0),
        StorageType.Q4_1 => (Nibble(block[4..], i) * Half(block, 0)) + Half(block, 2),
        StorageType.Q5_0 => ((Nibble(block[6..], i) | (Bit(block[2..], i) << 4)) - 16) * Half(block, 0),
        StorageType.Q5_1 => ((Nibble(block[8..], i) | (Bit(block[4..], i) << 4)) * Half(block, 0)) + Half(block, 2),
        StorageType.IQ4_NL => s_steps[Nibble(block[2..], i)] * Half(block, 0),
        StorageType.Q2_K => (Half(block, 80) * (block[i / 16] & 15) * TwoBits(block[16..], i)) - (Half(block, 82) * (block[i / 16] >> 4)),
        StorageType.Q3_K => Half(block, 108) * (ThreeBitScale(block[96..], i / 16) - 32) * (TwoBits(block[32..], i) - (((block[i % 32] >> (i / 32)) & 1) == 0 ? 4 : 0)),
        StorageType.Q4_K => (Half(block, 0) * Scale(block[4..], i / 32) * Wide(block[16..], i)) - (Half(block, 2) * Minimum(block[4..], i / 32)),
        StorageType.Q5_K => (Half(block, 0) * Scale(block[4..], i / 32) * (Wide(block[48..], i) + (((block[16 + (i % 32)] >> (i / 32)) & 1) * 16)))
            - (Half(block, 2) * Minimum(block[4..], i / 32)),
        StorageType.Q6_K => Half(block, 208) * (sbyte)block[192 + (i / 16)] * (SixBits(block, i) - 32),
        StorageType.IQ4_XS => Half(block, 0) * (XsScale(block, i / 32) - 32) * s_steps[Nibble(block[(8 + (i / 32 * 16))..], i % 32)],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static float Half(ReadOnlySpan<byte> block, int at) => (float)BitConverter.ToHalf(block[at..]);

    // The second sixteen of 32 numbers are the upper halves of sixteen bytes.
    private static int Nibble(ReadOnlySpan<byte> bytes, int i) => i < 16 ? bytes[i] & 15 : bytes[i - 16] >> 4;

    private static int Bit(ReadOnlySpan<byte> bytes, int i) => (bytes[i / 8] >> (i % 8)) & 1;

    // 128 numbers in 32 bytes: a bit pair for each 32.
    private static int TwoBits(ReadOnlySpan<byte> bytes, int i) => (bytes[(i / 128 * 32) + (i % 32)] >> (i % 128 / 32 * 2)) & 3;

    // 64 numbers in 32 bytes: a half for each 32.
    private static int Wide(ReadOnlySpan<byte> bytes, int i) => (bytes[(i / 64 * 32) + (i % 32)] >> (i % 64 / 32 * 4)) & 15;

    private static int SixBits(ReadOnlySpan<byte> block, int i)
    {
        int quarter = i % 128 / 32;
        int low = (block[(i / 128 * 64) + (quarter % 2 * 32) + (i % 32)] >> (quarter / 2 * 4)) & 15;
        return low | (((block[128 + (i / 128 * 32) + (i % 32)] >> (quarter * 2)) & 3) << 4);
    }

    private static int ThreeBitScale(ReadOnlySpan<byte> packed, int group) =>
        ((packed[group % 8] >> (group / 8 * 4)) & 15) | (((packed[8 + (group % 4)] >> (group / 4 * 2)) & 3) << 4);

    private static int Scale(ReadOnlySpan<byte> packed, int group) => group < 4 ? packed[group] & 63 : (packed[group + 4] & 15) | ((packed[group - 4] >> 6) << 4);

    private static int Minimum(ReadOnlySpan<byte> packed, int group) => group < 4 ? packed[group + 4] & 63 : (packed[group + 4] >> 4) | ((packed[group] >> 6) << 4);

    private static int XsScale(ReadOnlySpan<byte> block, int group) =>
        ((block[4 + (group / 2)] >> (group % 2 * 4)) & 15) | (((BitConverter.ToUInt16(block[2..]) >> (group * 2)) & 3) << 4);
}
