using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>A request as a <see cref="ScriptedChatClient"/> received it.</summary>
/// <remarks>
/// A copy, so later changes by the caller do not show. Where <see cref="ScriptedChatClient.KeepsRequests"/> is off, messages
/// are copied only once <see cref="Messages"/> is read and options not at all; use such a request during its call only.
/// <example><code>
/// client.LastRequest.System.Should().Contain("You failed before");
/// client.Requests[0].ToolNames.Should().Equal("search", "finish");
/// </code></example>
/// </remarks>
/// <param name="Turn">Its place among the requests, from 1.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options, or null.</param>
public sealed record ScriptedRequest(int Turn, ImmutableArray<ChatMessage> Messages, ChatOptions? Options)
{
    private IReadOnlyList<ChatMessage>? _uncopied;

    /// <summary>The messages.</summary>
    public ImmutableArray<ChatMessage> Messages
    {
        get => field.IsDefault ? field = [.. _uncopied ?? []] : field;
        init;
    }
    = Messages;

    /// <summary>The text of all messages, each as <c>role: text</c>.</summary>
    public string Text => string.Join("\n\n", Sent.Select(message => $"{message.Role}: {message.Text}"));

    /// <summary>The text of the system messages; empty where there is none.</summary>
    public string System => string.Join("\n", Sent.Where(message => message.Role == ChatRole.System).Select(message => message.Text));

    /// <summary>The text of the last message; empty where there is none.</summary>
    public string Last => Sent is { Count: > 0 } sent ? sent[^1].Text : "";

    /// <summary>The names of the tools the request offers, in order.</summary>
    public ImmutableArray<string> ToolNames => [.. Options?.Tools?.Select(tool => tool.Name) ?? []];

    /// <summary>The results of function calls that the request carries, in order.</summary>
    public ImmutableArray<FunctionResultContent> FunctionResults => [.. Sent.SelectMany(message => message.Contents).OfType<FunctionResultContent>()];

    private IReadOnlyList<ChatMessage> Sent => _uncopied ?? Messages;

    /// <summary>Whether a message holds a text.</summary>
    /// <param name="text">The text to look for; case matters.</param>
    public bool Contains(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (ChatMessage message in Sent)
        {
            if (message.Text.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A request that shows the caller's own messages and options.</summary>
    internal static ScriptedRequest Uncopied(int turn, IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        new(turn, default, options) { _uncopied = messages };
}
