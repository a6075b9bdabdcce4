using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>What a recorded rewriting of a prompt says as an experience.</summary>
internal static class ExperienceProjection
{
    /// <summary>The experience, or null where it is none.</summary>
    public static Experience? Of(RecordedRewrite rewrite, ExperienceOptions options)
    {
        if (rewrite.Context.Trials.IsDefaultOrEmpty
            || options.Return(rewrite.Context.Trials[^1]) is not { } before
            || options.Return(rewrite.Trial) is not { } after
            || RefinementText.Of(rewrite) is not { } refinement)
        {
            return null;
        }

        ReplyTokens? tokens = refinement.Reply is null ? null : ReplyTokens.Of(refinement.Reply);
        (string? instructions, string prompt) = Split(options.Messages(rewrite.Context));
        return new()
        {
            EpisodeId = rewrite.EpisodeId,
            TaskId = rewrite.Context.Task.Id,
            Trial = rewrite.Trial.Number,
            Instructions = instructions,
            Prompt = prompt,
            Refinement = refinement.Text,
            PromptIds = tokens?.PromptIds ?? [],
            RefinementIds = tokens?.Ids ?? [],
            LogProbs = tokens?.LogProbs ?? [],
            PolicyHash = tokens?.WeightsHash,
            ReturnBefore = before,
            ReturnAfter = after,
        };
    }

    /// <summary>What the system role says, or null, and all else as one text: where it is a conversation, each message with its role before it.</summary>
    public static (string? Instructions, string Prompt) Split(IEnumerable<ChatMessage> messages)
    {
        ILookup<bool, ChatMessage> bySystem = messages.ToLookup(message => message.Role == ChatRole.System);
        bool isConversation = bySystem[false].Any(message => message.Role != ChatRole.User);
        return (
            bySystem[true].Any() ? Join(bySystem[true].Select(message => message.Text)) : null,
            Join(bySystem[false].Select(message => isConversation ? $"{message.Role}: {message.Text}" : message.Text)));
    }

    private static string Join(IEnumerable<string> texts) => string.Join("\n\n", texts);
}
