namespace Reflexion.LanguageModels;

/// <summary>Python's equality of dictionary keys: texts, numbers (1, 1.0 and True are one key), None.</summary>
internal sealed class TemplateKeyComparer : IEqualityComparer<object>
{
    internal static readonly TemplateKeyComparer Instance = new();

    internal static bool IsKey(object value) => value is TemplateText or bool or long or double or TemplateNone;

    bool IEqualityComparer<object>.Equals(object? x, object? y) => Equals(Plain(x), Plain(y));

    public int GetHashCode(object obj) => Plain(obj)?.GetHashCode() ?? 0;

    private static object? Plain(object? key) => key switch
    {
        TemplateText text => text.Value,
        bool flag => flag ? 1L : 0L,
        double number when number == Math.Floor(number) && Math.Abs(number) < 9e15 => (long)number,
        _ => key,
    };
}
