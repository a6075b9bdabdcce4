using System.Collections.Immutable;
using System.Text;

namespace Reflexion.Retroformer;

/// <summary>What is wrong with an entry of a dataset, in words; null where nothing is.</summary>
internal static class DatasetCheck
{
    private static readonly UTF8Encoding WholeCharacters = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string? Of(SftExample example) => Of("messages", example.Messages)
        ?? (example.Messages[^1].Role == DatasetMessage.Assistant ? null : $"The last message is the {DatasetMessage.Assistant}'s, not the {example.Messages[^1].Role}'s.");

    public static string? Of(DpoPair pair) => Of("prompt", pair.Prompt) ?? Of("chosen", pair.Chosen) ?? Of("rejected", pair.Rejected)
        ?? (double.IsFinite(pair.Margin) && pair.Margin >= 0 ? null : "The margin is a finite number of at least 0.");

    public static string? Of(RlPrompt prompt) => Of("prompt", prompt.Prompt) ?? Of("completion", prompt.Completion)
        ?? (double.IsFinite(prompt.Reward) ? null : "The reward is a finite number.");

    public static string? Of(Experience experience) =>
        string.IsNullOrWhiteSpace(experience.EpisodeId) || string.IsNullOrWhiteSpace(experience.TaskId) ? "Episode and task have ids that are not blank."
        : experience.Trial < 2 ? $"A refinement is written for trial 2 or a later one, not for {experience.Trial}."
        : !Texts(experience).All(IsWhole) ? "A text holds half a character, which JSON cannot hold."
        : experience.RefinementIds.Length != experience.LogProbs.Length ? $"There are {experience.RefinementIds.Length} tokens and {experience.LogProbs.Length} log-probabilities; one of each belongs together."
        : experience.PromptIds.Concat(experience.RefinementIds).Any(id => id < 0) ? "Tokens are numbers from 0."
        : !experience.LogProbs.All(float.IsFinite) ? "Log-probabilities of tokens that were sampled are finite."
        : !experience.NullReturns.Append(experience.ReturnBefore).Append(experience.ReturnAfter).All(value => value is >= 0 and <= 1) ? "Returns lie between 0 and 1."
        : null;

    private static string? Of(string name, ImmutableArray<DatasetMessage> messages) =>
        messages.IsDefaultOrEmpty ? $"There is no message in '{name}'."
        : messages.Any(message => message is null) ? $"A message in '{name}' is null."
        : messages.Any(message => string.IsNullOrWhiteSpace(message.Role)) ? $"A message in '{name}' has no role."
        : messages.All(message => IsWhole(message.Role) && IsWhole(message.Content)) ? null
        : $"A text in '{name}' holds half a character, which JSON cannot hold.";

    private static IEnumerable<string> Texts(Experience experience) =>
        [experience.EpisodeId, experience.TaskId, experience.Instructions ?? "", experience.Prompt, experience.Refinement, experience.PolicyHash ?? ""];

    private static bool IsWhole(string text)
    {
        try
        {
            WholeCharacters.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
