namespace Reflexion;

/// <summary>Puts text that is not the developer's between tags, so that a model can tell it from instructions.</summary>
public static class Fence
{
    /// <summary>Encloses a text in <c>&lt;tag&gt;</c> … <c>&lt;/tag&gt;</c>; closing tags inside it are made harmless.</summary>
    /// <param name="tag">The tag's name: letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="text">The text to enclose.</param>
    /// <returns>The fenced text; the same input always gives the same output.</returns>
    /// <exception cref="ArgumentException">The tag is blank.</exception>
    public static string Wrap(string tag, string text) => Wrap(tag, text, before: "");

    /// <summary>Encloses a text and puts another one in front of the fence, in one copy.</summary>
    internal static string Wrap(string tag, string text, string before)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        ArgumentNullException.ThrowIfNull(text);
        string close = "</" + tag;
        string safe = text.Contains(close, StringComparison.OrdinalIgnoreCase)
            ? text.Replace(close, "<\\/" + tag, StringComparison.OrdinalIgnoreCase)
            : text;
        return $"{before}<{tag}>\n{safe}\n</{tag}>";
    }
}
