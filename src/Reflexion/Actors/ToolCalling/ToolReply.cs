using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A model's reply, read: the calls it asks for, in order, or its final text.</summary>
/// <param name="Calls">The calls still to be made; those that the client's own pipeline has made are not among them.</param>
/// <param name="Text">The text of the last message that has any, trimmed; empty where none has.</param>
internal sealed record ToolReply(ImmutableArray<RequestedCall> Calls, string Text)
{
    internal static ToolReply Read(ChatResponse response)
    {
        var calls = ImmutableArray.CreateBuilder<RequestedCall>();
        var thought = new StringBuilder();
        foreach (AIContent content in response.Messages.Where(message => message.Role == ChatRole.Assistant).SelectMany(message => message.Contents))
        {
            switch (content)
            {
                case TextContent text:
                    thought.Append(text.Text);
                    break;
                case FunctionCallContent { InformationalOnly: false } call:
                    calls.Add(new(call, thought.ToString().Trim() is { Length: > 0 } said ? said : null));
                    thought.Clear();
                    break;
            }
        }

        string? last = response.Messages.LastOrDefault(message => message.Role == ChatRole.Assistant && !string.IsNullOrWhiteSpace(message.Text))?.Text;
        return new(calls.DrainToImmutable(), last?.Trim() ?? "");
    }
}
