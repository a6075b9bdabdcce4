namespace Reflexion.LanguageModels;

/// <summary>The eight 6-bit scales and eight 6-bit minima that Q4_K and Q5_K pack into twelve bytes.</summary>
internal static unsafe class SixBitScales
{
    public static int Scale(byte* packed, int group) =>
        group < 4 ? packed[group] & 63 : (packed[group + 4] & 0xf) | (packed[group - 4] >> 6 << 4);

    public static int Minimum(byte* packed, int group) =>
        group < 4 ? packed[group + 4] & 63 : (packed[group + 4] >> 4) | (packed[group] >> 6 << 4);
}
