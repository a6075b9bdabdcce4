namespace Reflexion.LanguageModels;

/// <summary>How packed weights keep their numbers.</summary>
internal enum NumberForm
{
    /// <summary>Panels of 32 rows: for each input 32 binary32 numbers.</summary>
    Floats,

    /// <summary>Panels of 32 rows: for each input 32 binary16 numbers.</summary>
    Halves,

    /// <summary>Panels of 32 rows: for each input 32 upper halves of binary32 numbers.</summary>
    UpperHalves,

    /// <summary>Panels of 16 rows: for each two inputs 16 pairs of 8-bit integers; scales for groups of inputs.</summary>
    Bytes,

    /// <summary>Panels of 16 rows: for each eight inputs 16 pairs of 16-bit words, each with one 4-bit index for every other input; scales for groups of inputs.</summary>
    Nibbles,
}
