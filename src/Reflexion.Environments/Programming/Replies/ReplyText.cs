using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>Finds the code in what a model replied.</summary>
internal static partial class ReplyText
{
    /// <summary>The fenced blocks of a reply in their order; without any, the whole reply. Thinking out loud before the answer does not count.</summary>
    internal static ImmutableArray<string> CodeOf(string reply)
    {
        string answer = WithoutThinking(reply).ReplaceLineEndings("\n");
        ImmutableArray<string> blocks = FencedIn(answer);
        return blocks.IsEmpty ? [answer] : blocks;
    }

    /// <summary>Whether a reply marks its code with fences.</summary>
    internal static bool HasFences(string reply) => FencedIn(WithoutThinking(reply).ReplaceLineEndings("\n")) is { IsEmpty: false };

    private static ImmutableArray<string> FencedIn(string answer) =>
        // A fence that is never closed was cut off by the token limit: its block reaches to the end.
        [.. Blocks().Matches(answer).Select(block => block.Groups["code"].Value.TrimEnd()).Where(code => code.Length > 0)];

    private static string WithoutThinking(string reply)
    {
        int end = reply.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? reply : reply[(end + "</think>".Length)..];
    }

    [GeneratedRegex(@"^[ \t]*(?<fence>```+|~~~+)[^\n`]*\n(?<code>.*?)(?:^[ \t]*\k<fence>[ \t]*$|\z)", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Blocks();
}
