using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Guesses token counts where no tokenizer is at hand: four characters a token, and four tokens a message.</summary>
internal static class TokenEstimate
{
    internal static int Of(string? text) => text is null ? 0 : (text.Length + 3) / 4;

    /// <summary>Estimates a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="count">Counts the tokens of a text; null to estimate them too.</param>
    internal static int Of(ChatMessage message, Func<string, int>? count = null)
    {
        int tokens = 4;
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            tokens += Of(contents[i], count);
        }

        return tokens;
    }

    internal static int Of(IEnumerable<ChatMessage> messages)
    {
        int tokens = 0;
        foreach (ChatMessage message in messages)
        {
            tokens += Of(message);
        }

        return tokens;
    }

    private static int Of(AIContent content, Func<string, int>? count) => content switch
    {
        TextContent text => Of(text.Text, count),
        TextReasoningContent reasoning => Of(reasoning.Text, count),
        FunctionResultContent result => Of(result.Result?.ToString(), count),
        FunctionCallContent call => OfCall(call, count),
        // An image or a document costs several hundred tokens with every provider.
        DataContent or UriContent => 512,
        _ => 0,
    };

    // A method of its own: its closure would cost an allocation for every content of every other kind.
    private static int OfCall(FunctionCallContent call, Func<string, int>? count) =>
        8 + (call.Arguments is null ? 0 : call.Arguments.Sum(pair => Of(pair.Key, count) + Of(pair.Value?.ToString(), count)));

    private static int Of(string? text, Func<string, int>? count) => count is null || text is null ? Of(text) : count(text);
}
