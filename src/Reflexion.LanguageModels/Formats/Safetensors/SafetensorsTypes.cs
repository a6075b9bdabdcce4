using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>The names that safetensors and Hugging Face's configurations give to storage types.</summary>
internal static class SafetensorsTypes
{
    private static readonly FrozenDictionary<string, StorageType> Supported = new Dictionary<string, StorageType>(StringComparer.Ordinal)
    {
        ["F32"] = StorageType.F32,
        ["F16"] = StorageType.F16,
        ["BF16"] = StorageType.BF16,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ModelFormatException">The type is not supported.</exception>
    public static StorageType Of(string name, string source, string tensor) => Supported.TryGetValue(name, out StorageType type)
        ? type
        : throw new ModelFormatException(source, $"the tensor '{tensor}' is of type {name}, which is not supported. Convert it to one of these: {string.Join(", ", Supported.Keys.Order(StringComparer.Ordinal))}.");

    /// <exception cref="ArgumentOutOfRangeException">A type of blocks, which safetensors does not know.</exception>
    public static string NameOf(StorageType type) => type switch
    {
        StorageType.F32 => "F32",
        StorageType.F16 => "F16",
        StorageType.BF16 => "BF16",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Safetensors stores F32, F16 and BF16."),
    };

    /// <summary>The name that <c>torch_dtype</c> has for the type.</summary>
    public static string TorchNameOf(StorageType type) => type switch
    {
        StorageType.F16 => "float16",
        StorageType.BF16 => "bfloat16",
        _ => "float32",
    };
}
