using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>Turns messages and options of a chat into a prompt of tokens and how it is continued.</summary>
internal sealed class ChatRequests(LanguageModel model, LanguageModelChatOptions defaults)
{
    private const string MinP = "min_p";
    private const string RepetitionPenalty = "repetition_penalty";

    public GenerationRequest Make(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        RefuseUnsupported(options);
        RenderedChat chat = Render(WithInstructions(messages, options));
        return new()
        {
            PromptIds = model.Tokenizer.Encode(chat),
            MaxTokens = options?.MaxOutputTokens ?? defaults.MaxOutputTokens,
            Sampling = Sampling(options),
            Seed = (ulong?)options?.Seed ?? defaults.Seed,
            StopSequences = [.. defaults.StopSequences, .. options?.StopSequences ?? []],
            Adapter = defaults.Adapter,
        };
    }

    private static List<ChatMessage> WithInstructions(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> all = string.IsNullOrEmpty(options?.Instructions) ? [] : [new(ChatRole.System, options.Instructions)];
        all.AddRange(messages);
        AIContent? unsupported = all.SelectMany(message => message.Contents)
            .FirstOrDefault(content => content is DataContent or UriContent or HostedFileContent);
        return unsupported is null
            ? all
            : throw new NotSupportedException($"The model reads text only; leave out the {unsupported.GetType().Name}.");
    }

    private static void RefuseUnsupported(ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 } && options.ToolMode is not NoneChatToolMode)
        {
            throw new NotSupportedException("The model's replies are not parsed for tool calls; describe the tools in the prompt and parse the reply, or use an actor that does.");
        }

        if (options?.ResponseFormat is ChatResponseFormatJson)
        {
            throw new NotSupportedException("Replies are not restricted to JSON; ask for it in the prompt, and check the reply.");
        }
    }

    private RenderedChat Render(List<ChatMessage> messages) => defaults.ChatTemplate is { } template
        ? model.Tokenizer.RenderChat(template, messages, addGenerationPrompt: true, defaults.TemplateOptions)
        : model.Tokenizer.RenderChat(messages, addGenerationPrompt: true, defaults.TemplateOptions);

    private SamplingOptions Sampling(ChatOptions? options) => defaults.Sampling with
    {
        Temperature = Exact(options?.Temperature) ?? defaults.Sampling.Temperature,
        TopK = options?.TopK ?? defaults.Sampling.TopK,
        TopP = Exact(options?.TopP) ?? defaults.Sampling.TopP,
        MinP = Additional(options, MinP) ?? defaults.Sampling.MinP,
        RepetitionPenalty = Additional(options, RepetitionPenalty) ?? defaults.Sampling.RepetitionPenalty,
        FrequencyPenalty = Exact(options?.FrequencyPenalty) ?? defaults.Sampling.FrequencyPenalty,
        PresencePenalty = Exact(options?.PresencePenalty) ?? defaults.Sampling.PresencePenalty,
    };

    // The number that was written, not its nearest binary32 in full.
    private static double? Exact(float? value) =>
        value is { } number ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private static double? Additional(ChatOptions? options, string name)
    {
        if (options?.AdditionalProperties?.TryGetValue(name, out object? value) is not true)
        {
            return null;
        }

        return value switch
        {
            null => null,
            float single => Exact(single),
            double or int or long or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            JsonElement { ValueKind: JsonValueKind.Number } element => element.GetDouble(),
            _ => throw new ArgumentException($"The additional property '{name}' is a number, not {value}.", nameof(options)),
        };
    }
}
