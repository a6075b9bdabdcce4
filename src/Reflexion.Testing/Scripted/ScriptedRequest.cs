using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>A request as a <see cref="ScriptedChatClient"/> received it; a copy, so later changes by the caller do not show.</summary>
/// <param name="Turn">Its place among the requests, from 1.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options, or null.</param>
public sealed record ScriptedRequest(int Turn, ImmutableArray<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>The text of all messages, each as <c>role: text</c>.</summary>
    public string Text => string.Join("\n\n", Messages.Select(message => $"{message.Role}: {message.Text}"));

    /// <summary>The text of the system messages; empty where there is none.</summary>
    public string System => string.Join("\n", Messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text));

    /// <summary>The text of the last message; empty where there is none.</summary>
    public string Last => Messages.Length == 0 ? "" : Messages[^1].Text;
}
