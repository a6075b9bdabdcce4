using System.Buffers;

namespace Reflexion;

/// <summary>Lines of a reply, and the markdown around them.</summary>
internal static class ReplyText
{
    private static readonly SearchValues<char> Decoration = SearchValues.Create(" \t\r*_`.");
    private const string CodeFence = "```";
    private const string Thinking = "<think>";
    private const string EndOfThinking = "</think>";

    /// <summary>Where a line ends: at its line feed or at <paramref name="end"/>.</summary>
    internal static int LineEnd(string reply, int start, int end)
    {
        int newline = reply.AsSpan(start, end - start).IndexOf('\n');
        return newline < 0 ? end : start + newline;
    }

    /// <summary>Skips white space, emphasis, quote marks, bullets, and the opening of a code fence with its language.</summary>
    internal static int SkipDecoration(string reply, int start, int end)
    {
        int at = start;
        while (at < end && (char.IsWhiteSpace(reply[at]) || reply[at] is '*' or '>' or '-' or '`'))
        {
            bool isFence = reply.AsSpan(at, end - at).StartsWith(CodeFence, StringComparison.Ordinal);
            at = isFence ? AfterFence(reply, at + CodeFence.Length, end) : at + 1;
        }

        return at;
    }

    /// <summary>Takes white space and markdown off the end.</summary>
    internal static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && (char.IsWhiteSpace(text[^1]) || text[^1] is '*' or '`'))
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Whether a text holds nothing but white space, markdown and full stops.</summary>
    internal static bool IsDecoration(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Decoration);

    /// <summary>Whether a line opens or closes a code fence.</summary>
    internal static bool IsFence(ReadOnlySpan<char> line) => line.TrimStart().StartsWith(CodeFence, StringComparison.Ordinal);

    /// <summary>Takes off the opening of a code fence that a text ends with, since what it encloses comes after.</summary>
    internal static ReadOnlySpan<char> TrimOpenFence(ReadOnlySpan<char> text)
    {
        int lastLine = text.LastIndexOf('\n') + 1;
        return IsFence(text[lastLine..]) && text.Count(CodeFence) % 2 == 1 ? text[..lastLine].TrimEnd() : text;
    }

    /// <summary>Where a reply starts after the private reasoning that some models put before it in <c>&lt;think&gt;</c> tags.</summary>
    internal static int AfterThinking(string reply)
    {
        if (!reply.AsSpan().TrimStart().StartsWith(Thinking, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        int end = reply.IndexOf(EndOfThinking, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? reply.Length : end + EndOfThinking.Length;
    }

    private static int AfterFence(string reply, int start, int end)
    {
        int lineEnd = LineEnd(reply, start, end);
        ReadOnlySpan<char> language = reply.AsSpan(start, lineEnd - start).TrimEnd();
        return BracketedText.NameLength(language) == language.Length ? lineEnd : start;
    }
}
