using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Counts the tokens of a model call: before it is made, and after.</summary>
internal static class CallTokens
{
    /// <summary>The most a call is expected to use.</summary>
    internal static TokenUsage Expect(IList<ChatMessage> messages, ChatOptions? options, EpisodeBudget budget) =>
        new(TokenEstimate.Of(messages), options?.MaxOutputTokens ?? budget.ReservedOutputTokens);

    /// <summary>What a call used. What is not said must not be free: some servers leave counts out.</summary>
    internal static TokenUsage Used(ChatResponse response, TokenUsage expected)
    {
        UsageDetails? told = response.Usage;
        long input = told?.InputTokenCount ?? Math.Min(expected.InputTokens, told?.TotalTokenCount ?? long.MaxValue);
        long output = told?.OutputTokenCount ?? told?.TotalTokenCount - input ?? TokenEstimate.Of(response.Messages);
        return new(input, Math.Max(0, output), told?.CachedInputTokenCount ?? 0);
    }

    /// <summary>The model that is asked, where it is known.</summary>
    internal static string? ModelOf(IChatClient client, ChatOptions? options) =>
        options?.ModelId ?? (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;
}
