using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>How a <see cref="TrainedRetrospectiveModel"/> writes refinements.</summary>
public sealed record TrainedRetrospectiveOptions
{
    /// <summary>How tokens are drawn. Default: from the model's own distribution, as it was trained.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>The most tokens of a refinement, at least 1; as many as it was trained with. Default: 96, as in <see cref="RetrospectiveTrainerOptions.MaxRefinementTokens"/>.</summary>
    public int MaxTokens { get; init; } = 96;

    /// <summary>Texts that end a refinement. Default: none.</summary>
    public ImmutableArray<string> StopSequences { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// What the model is shown. Default: <see cref="RetrospectivePrompt.ToMessages(RetrospectiveContext)"/>, the state text of prompted models too; with the shorter overload
    /// for a model with a short context.
    /// </summary>
    public Func<RetrospectiveContext, IList<ChatMessage>>? Messages { get; init; }

    /// <summary>The chat template in place of the model's own, or null (default).</summary>
    public ChatTemplate? ChatTemplate { get; init; }

    /// <summary>The sentence before a refinement in the actor's prompt; empty for none. Default null: that of <see cref="RetrospectiveOptions.Header"/>.</summary>
    public string? Header { get; init; }

    /// <summary>Whether a refinement stands between tags in the actor's prompt, as in <see cref="RetrospectiveOptions.Fenced"/>. Default true.</summary>
    public bool Fenced { get; init; } = true;

    /// <summary>The most characters of a refinement; the middle of a longer one is left out. Default 4,000; at least 100.</summary>
    public int MaxRefinementCharacters { get; init; } = 4_000;

    /// <summary>
    /// Whether a journal keeps the tokens of refinements and their log-probabilities, which makes its episodes experience to train on. Default true: some 10 bytes for each
    /// token of prompt and refinement.
    /// </summary>
    public bool RecordTokens { get; init; } = true;

    internal LanguageModelChatOptions ToChatOptions(LoraAdapter? adapter) => new()
    {
        Sampling = Sampling,
        MaxOutputTokens = MaxTokens,
        StopSequences = StopSequences,
        ChatTemplate = ChatTemplate,
        Adapter = adapter,
        RecordTokens = RecordTokens,
    };

    internal RetrospectiveOptions ToRetrospectiveOptions()
    {
        var options = new RetrospectiveOptions
        {
            Fenced = Fenced,
            MaxRefinementCharacters = MaxRefinementCharacters,
            Seed = context => context.Run.SeedFor(context.Task, context.Trials.Length),

            // The budget reserves what a call says it may use.
            ChatOptions = new() { MaxOutputTokens = MaxTokens },
        };
        options = Messages is null ? options : options with { Messages = Messages };
        return Header is null ? options : options with { Header = Header };
    }
}
