using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A tool's result in the transcript.</summary>
internal sealed class ToolResultObservation(string callId, ToolCallResult result) : TranscriptObservation(result.Text)
{
    internal override ChatMessage ToMessage(string shown) =>
        new(ChatRole.Tool, [new FunctionResultContent(callId, shown) { Exception = result.Fault }]);

    /// <summary>Puts results that follow one another into one message: some providers accept the results of parallel calls in no other form.</summary>
    internal static IList<ChatMessage> Merge(IList<ChatMessage> messages)
    {
        List<ChatMessage>? merged = null;
        for (int i = 1; i < messages.Count; i++)
        {
            if (messages[i].Role == ChatRole.Tool && messages[i - 1].Role == ChatRole.Tool)
            {
                merged ??= [.. messages.Take(i)];
                merged[^1] = new(ChatRole.Tool, [.. merged[^1].Contents, .. messages[i].Contents]);
            }
            else
            {
                merged?.Add(messages[i]);
            }
        }

        return merged ?? messages;
    }
}
