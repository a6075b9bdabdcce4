using System.Diagnostics.CodeAnalysis;

namespace Reflexion.LanguageModels;

/// <summary>How a tensor's numbers are stored in a file: plain floats, or blocks that share scales (the types of GGUF).</summary>
[SuppressMessage("Naming", "CA1707", Justification = "The names are the file format's own.")]
public enum StorageType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>Blocks of 32: a binary16 scale, 8-bit integers.</summary>
    Q8_0,

    /// <summary>Blocks of 32: a binary16 scale, 4-bit integers around zero.</summary>
    Q4_0,

    /// <summary>Blocks of 32: a binary16 scale and minimum, 4-bit integers.</summary>
    Q4_1,

    /// <summary>Blocks of 32: a binary16 scale, 5-bit integers around zero.</summary>
    Q5_0,

    /// <summary>Blocks of 32: a binary16 scale and minimum, 5-bit integers.</summary>
    Q5_1,

    /// <summary>Super-blocks of 256 with quantised scales, 2 bits a number.</summary>
    Q2_K,

    /// <summary>Super-blocks of 256 with quantised scales, 3 bits a number.</summary>
    Q3_K,

    /// <summary>Super-blocks of 256 with quantised scales, 4 bits a number.</summary>
    Q4_K,

    /// <summary>Super-blocks of 256 with quantised scales, 5 bits a number.</summary>
    Q5_K,

    /// <summary>Super-blocks of 256 with quantised scales, 6 bits a number.</summary>
    Q6_K,

    /// <summary>Blocks of 32: a binary16 scale, 4-bit indices into a table of unequal steps.</summary>
    IQ4_NL,

    /// <summary>Super-blocks of 256 of <see cref="IQ4_NL"/> with 6-bit scales.</summary>
    IQ4_XS,
}
