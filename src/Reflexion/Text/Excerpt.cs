using System.Globalization;

namespace Reflexion;

/// <summary>Shortens a text to its head and its tail.</summary>
internal static class Excerpt
{
    /// <summary>The room that the mark of an omission needs, with some text on both sides.</summary>
    internal const int MinCharacters = 40;

    private const string MarkHead = "… [";
    private const string MarkTail = " characters omitted] …";

    /// <summary>
    /// The text itself where it is short enough, else its head, <c>… [n characters omitted] …</c>, and its tail; its head
    /// alone where there is no room for the mark.
    /// </summary>
    /// <returns>At most <paramref name="maxCharacters"/> characters; no surrogate pair is torn apart.</returns>
    internal static string Of(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
        {
            return text;
        }

        if (maxCharacters < MinCharacters)
        {
            return text[..(maxCharacters > 0 && char.IsHighSurrogate(text[maxCharacters - 1]) ? maxCharacters - 1 : maxCharacters)];
        }

        int kept = maxCharacters - MarkHead.Length - MarkTail.Length - Digits(text.Length);
        int head = kept - kept / 2;
        int tail = text.Length - kept / 2;
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}{MarkHead}{tail - head}{MarkTail}{text.AsSpan(tail)}");
    }

    private static int Digits(int number)
    {
        int digits = 1;
        for (; number >= 10; number /= 10)
        {
            digits++;
        }

        return digits;
    }
}
