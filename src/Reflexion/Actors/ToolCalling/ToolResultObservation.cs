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
        var merged = new List<ChatMessage>(messages.Count);
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatRole.Tool && merged.Count > 0 && merged[^1].Role == ChatRole.Tool)
            {
                merged[^1] = new(ChatRole.Tool, [.. merged[^1].Contents, .. message.Contents]);
            }
            else
            {
                merged.Add(message);
            }
        }

        return merged;
    }
}
