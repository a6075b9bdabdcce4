namespace Reflexion.LanguageModels;

/// <summary>More than any model needs; a file that claims more is refused.</summary>
internal static class GgufLimits
{
    public const int MetadataEntries = 1 << 16;
    public const int Tensors = 1 << 16;
    public const int KeyBytes = 1 << 16;
    public const int TensorNameBytes = 1 << 10;
    public const int StringBytes = 1 << 26;

    /// <summary>Of all arrays of a file together.</summary>
    public const long ArrayElements = 1 << 24;

    /// <summary>Arrays in arrays.</summary>
    public const int ArrayDepth = 8;

    public const int Dimensions = 4;
}
