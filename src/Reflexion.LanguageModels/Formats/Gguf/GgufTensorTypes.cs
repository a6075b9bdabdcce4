namespace Reflexion.LanguageModels;

/// <summary>The numbers that GGUF gives to storage types.</summary>
internal static class GgufTensorTypes
{
    private static readonly Dictionary<uint, StorageType> Supported = new()
    {
        [0] = StorageType.F32,
        [1] = StorageType.F16,
        [2] = StorageType.Q4_0,
        [3] = StorageType.Q4_1,
        [6] = StorageType.Q5_0,
        [7] = StorageType.Q5_1,
        [8] = StorageType.Q8_0,
        [10] = StorageType.Q2_K,
        [11] = StorageType.Q3_K,
        [12] = StorageType.Q4_K,
        [13] = StorageType.Q5_K,
        [14] = StorageType.Q6_K,
        [20] = StorageType.IQ4_NL,
        [23] = StorageType.IQ4_XS,
        [30] = StorageType.BF16,
    };

    private static readonly Dictionary<uint, string> Unsupported = new()
    {
        [9] = "Q8_1",
        [15] = "Q8_K",
        [16] = "IQ2_XXS",
        [17] = "IQ2_XS",
        [18] = "IQ3_XXS",
        [19] = "IQ1_S",
        [21] = "IQ3_S",
        [22] = "IQ2_S",
        [24] = "I8",
        [25] = "I16",
        [26] = "I32",
        [27] = "I64",
        [28] = "F64",
        [29] = "IQ1_M",
        [34] = "TQ1_0",
        [35] = "TQ2_0",
        [39] = "MXFP4",
    };

    private static readonly Dictionary<StorageType, uint> Codes = Supported.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static uint CodeOf(StorageType type) => Codes[type];

    /// <exception cref="ModelFormatException">The type is not supported, or there is none of that number.</exception>
    public static StorageType Of(uint code, string source, string tensor)
    {
        if (Supported.TryGetValue(code, out StorageType type))
        {
            return type;
        }

        string name = Unsupported.TryGetValue(code, out string? known) ? known : $"number {code}";
        throw new ModelFormatException(source, $"the tensor '{tensor}' is of type {name}, which is not supported. Use a file of one of these: {string.Join(", ", Enum.GetNames<StorageType>())}.");
    }
}
