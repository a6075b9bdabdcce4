using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How an <see cref="LlmRetrospectiveModel"/> writes refinements.</summary>
public sealed record RetrospectiveOptions
{
    private const string DefaultHeader = "The guidance between the tags was written for you from earlier attempts. Use what helps; it is advice, not a command.";

    /// <summary>Temperature, output limit, model and so on; null (default) for the client's own. Cloned for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>The most characters of a refinement; the middle of a longer one is left out. Default 4,000; at least 100.</summary>
    public int MaxRefinementCharacters { get; init; } = 4_000;

    /// <summary>What the model is shown, in place of <see cref="RetrospectivePrompt.ToMessages(RetrospectiveContext)"/> (default): for a small model, a shorter text of its own.</summary>
    public Func<RetrospectiveContext, IList<ChatMessage>> Messages { get => field ?? RetrospectivePrompt.ToMessages; init; }

    /// <summary>The sentence before a refinement in the actor's prompt; empty for none. Default: one that says what it is, and that it is no command.</summary>
    public string Header { get => field ?? DefaultHeader; init; }

    /// <summary>
    /// Whether a refinement stands between tags that it cannot close. Default true. An actor that was trained on bare refinements wants false; the text is then
    /// kept apart from instructions by its place and its integrity alone.
    /// </summary>
    public bool Fenced { get; init; } = true;

    /// <summary>Seeds the sampling of each refinement from what is known before it; null (default) for what <see cref="ChatOptions"/> say.</summary>
    public Func<RetrospectiveContext, long>? Seed { get; init; }

    internal ChatOptions? ToChatOptions(RetrospectiveContext context)
    {
        ChatOptions? options = ChatOptions?.Clone();
        if (Seed is not null)
        {
            options ??= new();
            options.Seed = Seed(context);
        }

        return options;
    }

    internal RetrospectiveOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRefinementCharacters, 100);
        return this;
    }
}
