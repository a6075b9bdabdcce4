namespace Reflexion.LanguageModels;

/// <summary>A text with the parts of it that somebody other than the template wrote.</summary>
internal sealed class TemplateText
{
    internal static readonly TemplateText Empty = Trusted("");

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

    internal static TemplateText Character(char value) => Trusted(value.ToString());

    internal TemplateText Substring(int start, int length)
    {
        if (length == Value.Length)
        {
            return this;
        }

        string part = Value.Substring(start, length);
        return _untrusted is [] ? Trusted(part) : new TemplateText(part,
        [
            .. _untrusted.Select(range => (Math.Max(0, range.Start - start), Math.Min(length, range.End - start))).Where(range => range.Item1 < range.Item2),
        ]);
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
}
