using System.Buffers;

namespace Reflexion;

/// <summary>Lines of a reply, and the markdown around them.</summary>
internal static class ReplyText
{
    private static readonly SearchValues<char> Decoration = SearchValues.Create(" \t\r*_`.");
    private const string CodeFence = "```";
    private static readonly string[] Marks = [CodeFence, "**", "*", "`"];
    private const string Thinking = "<think>";
    private const string EndOfThinking = "</think>";

    /// <summary>Where a line ends: at its line feed or at <paramref name="end"/>.</summary>
    internal static int LineEnd(string reply, int start, int end)
    {
        int newline = reply.AsSpan(start, end - start).IndexOf('\n');
        return newline < 0 ? end : start + newline;
    }

    /// <summary>Skips what may stand before the name of an action: white space, emphasis, quote marks, bullets, code fences.</summary>
    internal static int SkipDecoration(string reply, int start, int end)
    {
        int at = start;
        while (at < end && (char.IsWhiteSpace(reply[at]) || reply[at] is '*' or '>' or '-' or '`'))
        {
            int afterFence = AfterFence(reply, at, end);
            at = afterFence > at ? afterFence : at + 1;
        }

        return at;
    }

    /// <summary>Skips white space and a line that opens a code fence, and nothing that could belong to a text.</summary>
    internal static int SkipBlank(string reply, int start, int end)
    {
        int at = start;
        while (at < end && char.IsWhiteSpace(reply[at]))
        {
            at++;
        }

        int afterFence = AfterFence(reply, at, end);
        return afterFence > at ? SkipBlank(reply, afterFence, end) : at;
    }

    /// <summary>Takes off the markdown around a text: marks at both its ends, and the partner of a mark on the line before it.</summary>
    /// <param name="reply">The whole reply.</param>
    /// <param name="start">Where the text starts.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    internal static ReadOnlySpan<char> Unwrap(string reply, int start, int end)
    {
        ReadOnlySpan<char> text = reply.AsSpan(start, end - start).Trim();
        ReadOnlySpan<char> before = reply.AsSpan(0, start).TrimEnd();
        before = before[(before.LastIndexOf('\n') + 1)..];
        foreach (string mark in Marks)
        {
            int count = text.Count(mark);
            bool isDangling = count % 2 == 1 && before.Count(mark) % 2 == 1;
            bool starts = text.StartsWith(mark, StringComparison.Ordinal);
            bool ends = text.EndsWith(mark, StringComparison.Ordinal);
            text = count == 2 && starts && ends ? text[mark.Length..^mark.Length].Trim()
                : isDangling && ends ? text[..^mark.Length].TrimEnd()
                : isDangling && starts ? text[mark.Length..].TrimStart()
                : text;
        }

        return text;
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
        int start = 0;
        while (reply.AsSpan(start).TrimStart().StartsWith(Thinking, StringComparison.OrdinalIgnoreCase))
        {
            int end = reply.IndexOf(EndOfThinking, start, StringComparison.OrdinalIgnoreCase);
            start = end < 0 ? reply.Length : end + EndOfThinking.Length;
        }

        return start;
    }

    /// <summary>The end of the line that opens a code fence at a place, perhaps with a language; the place itself where none does.</summary>
    private static int AfterFence(string reply, int at, int end)
    {
        if (!reply.AsSpan(at, end - at).StartsWith(CodeFence, StringComparison.Ordinal))
        {
            return at;
        }

        int lineEnd = LineEnd(reply, at, end);
        ReadOnlySpan<char> language = reply.AsSpan(at + CodeFence.Length, lineEnd - at - CodeFence.Length).TrimEnd();
        return BracketedText.NameLength(language) == language.Length ? lineEnd : at;
    }
}
