using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>
/// Lets a model reflect on a trial: first the root cause, then a concise new plan (Shinn et al. 2023, section 3, the
/// self-reflection model M_sr). Of a trial that succeeded it writes down what is worth repeating.
/// </summary>
/// <remarks>
/// It sees the task, the trajectory, the verdict and the lessons already known, each fenced; by its context's type it cannot see
/// a reference answer. Holds configuration only; safe to share.
/// </remarks>
public sealed class LlmSelfReflector : ISelfReflector
{
    private readonly IChatClient _client;
    private readonly ReflectorOptions _options;
    private readonly ReflectionPrompt _prompt;

    /// <summary>Creates a reflector.</summary>
    /// <param name="client">The model that reflects. Not disposed with the reflector.</param>
    /// <param name="options">How to reflect; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LlmSelfReflector(IChatClient client, ReflectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = (options ?? new()).Validate();
        _prompt = new(_options);
    }

    /// <inheritdoc/>
    public async ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IChatClient model = context.Run.Meter(_client, AgentComponent.Reflector);
        List<ChatMessage> messages = _prompt.Write(context);
        string promptHash = PromptHash.Of(messages);
        ChatResponse response = await model.GetResponseAsync(messages, Options(), cancellationToken).ConfigureAwait(false);
        LessonDraft? draft = ReflectionReader.Read(response.Text, _options.Format);
        return draft is null ? null : draft with { ModelId = response.ModelId, PromptHash = promptHash };
    }

    private ChatOptions Options()
    {
        ChatOptions options = _options.ChatOptions?.Clone() ?? new();
        if (_options is { Format: ReflectorFormat.Structured, UseJsonMode: true })
        {
            options.ResponseFormat = ChatResponseFormat.Json;
        }

        return options;
    }
}
