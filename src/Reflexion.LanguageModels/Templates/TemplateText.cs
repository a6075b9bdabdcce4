namespace Reflexion.LanguageModels;

/// <summary>A text with the parts of it that somebody other than the template wrote.</summary>
internal sealed class TemplateText
{
    internal static readonly TemplateText Empty = Trusted("");

    private static readonly Comparer<(int Start, int End)> ByEnd = Comparer<(int Start, int End)>.Create((one, other) => one.End.CompareTo(other.End));

    private readonly (int Start, int End)[] _untrusted;

    /// <param name="value">The text.</param>
    /// <param name="untrusted">Parts in order, none empty, none touching.</param>
    internal TemplateText(string value, (int Start, int End)[] untrusted)
    {
        Value = value;
        _untrusted = untrusted;
    }

    internal string Value { get; }

    internal ReadOnlySpan<(int Start, int End)> UntrustedParts => _untrusted;

    internal static TemplateText Trusted(string value) => new(value, []);

    internal static TemplateText Untrusted(string value) => new(value, value.Length > 0 ? [(0, value.Length)] : []);

    internal TemplateText Substring(int start, int length)
    {
        if (length == Value.Length)
        {
            return this;
        }

        string part = Value.Substring(start, length);
        return _untrusted is [] ? Trusted(part) : new TemplateText(part, Within(start, start + length));
    }

    internal TemplateText this[Range range]
    {
        get
        {
            (int start, int length) = range.GetOffsetAndLength(Value.Length);
            return Substring(start, length);
        }
    }

    /// <summary>Another text made of this: not trusted if any of this is not.</summary>
    internal TemplateText Derive(string value) => _untrusted is [] ? Trusted(value) : Untrusted(value);

    public override string ToString() => Value;

    /// <summary>The untrusted parts that reach into a range, as seen from its start.</summary>
    private (int Start, int End)[] Within(int start, int end)
    {
        int first = Array.BinarySearch(_untrusted, (0, start), ByEnd);
        first = first < 0 ? ~first : first + 1;
        int last = first;
        while (last < _untrusted.Length && _untrusted[last].Start < end)
        {
            last++;
        }

        return Array.ConvertAll(_untrusted[first..last], part => (Math.Max(start, part.Start) - start, Math.Min(end, part.End) - start));
    }
}
