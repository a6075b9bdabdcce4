using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>What a GGUF file says of itself, by key, with the types of the file.</summary>
internal sealed class GgufMetadata(string source, IReadOnlyDictionary<string, object> values)
{
    private readonly FrozenDictionary<string, object> _values = values.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object> Values => _values;

    public bool Contains(string key) => _values.ContainsKey(key);

    /// <summary>A text, or null if there is none of that key. So are the others.</summary>
    /// <exception cref="ModelFormatException">The value is something else. So it is with the others.</exception>
    public string? GetString(string key) => Get(key, "a string", value => value as string);

    public bool? GetBoolean(string key) => Get(key, "a truth value", value => value as bool?);

    public int? GetInt32(string key) => Get(key, "an integer of 32 bits", AsInt32);

    public double? GetNumber(string key) => Get(key, "a number", AsNumber);

    public string[]? GetStrings(string key) => Get(key, "an array of strings", value => value as string[]);

    public float[]? GetSingles(string key) => Get(key, "an array of floats", value => value as float[]);

    // Of signed or unsigned ones: to the runtime their arrays are alike. What is too large becomes negative, and is as wrong.
    public int[]? GetInt32s(string key) => Get(key, "an array of integers", value => value as int[]);

    /// <summary>An integer that must be there.</summary>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    public string RequireString(string key) => GetString(key) ?? throw Missing(key);

    public double RequireNumber(string key) => GetNumber(key) ?? throw Missing(key);

    private ModelFormatException Missing(string key) => new(source, $"the metadata '{key}' is missing. Use a file that a converter for this architecture wrote.");

    private T? Get<T>(string key, string expected, Func<object, T?> convert)
        where T : class =>
        _values.TryGetValue(key, out object? value) ? convert(value) ?? throw Unexpected(key, expected, value) : null;

    private T? Get<T>(string key, string expected, Func<object, T?> convert)
        where T : struct =>
        _values.TryGetValue(key, out object? value) ? convert(value) ?? throw Unexpected(key, expected, value) : null;

    private ModelFormatException Unexpected(string key, string expected, object value) =>
        new(source, $"the metadata '{key}' is {(value is Array ? "an array" : value is string ? "a string" : $"{value}")}; {expected} is expected.");

    private static int? AsInt32(object value)
    {
        decimal? number = value switch
        {
            byte or sbyte or ushort or short or uint or int or ulong or long => Convert.ToDecimal(value, null),
            _ => null,
        };
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    private static double? AsNumber(object value) => value switch
    {
        float number => number,
        double number => number,
        _ => AsInt32(value),
    };
}
