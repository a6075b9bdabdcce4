using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Guesses token counts where no tokenizer is at hand: four characters a token, and four tokens a message.</summary>
internal static class TokenEstimate
{
    internal static int Of(string? text) => text is null ? 0 : (text.Length + 3) / 4;

    internal static int Of(ChatMessage message)
    {
        int tokens = 4;
        foreach (AIContent content in message.Contents)
        {
            tokens += Of(content);
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

    private static int Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        TextReasoningContent reasoning => Of(reasoning.Text),
        FunctionResultContent result => Of(result.Result?.ToString()),
        FunctionCallContent call => 8 + (call.Arguments is null ? 0 : call.Arguments.Sum(pair => Of(pair.Key) + Of(pair.Value?.ToString()))),
        // An image or a document costs several hundred tokens with every provider.
        DataContent or UriContent => 512,
        _ => 0,
    };
}
