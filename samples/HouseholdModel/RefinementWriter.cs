using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Who writes refinements: a model, and how it is asked.</summary>
/// <param name="Model">The model.</param>
/// <param name="Options">What it is shown, and how its words come into the actor's prompt.</param>
public sealed record RefinementWriter(LanguageModel Model, TrainedRetrospectiveOptions Options)
{
    // Other tokenizers need more tokens for the same words.
    private const int PretrainedMaxTokens = 40;

    private const int PretrainedSequences = 16;
    private const int PretrainedContext = 1_536;

    // The actor's template begins each message with a space.
    private string Lead { get; init; } = "";

    /// <summary>Loads a pretrained model to write.</summary>
    public static Task<LanguageModel> LoadAsync(string file, CancellationToken stop = default) =>
        LanguageModel.LoadAsync(file, new() { MaxSequences = PretrainedSequences, ContextLength = PretrainedContext }, stop);

    /// <summary>The actor's own weights, with an adapter.</summary>
    public static RefinementWriter Own(LanguageModel actor) => new(actor, Writing(Refinements.MaxTokens) with { Messages = PlayerPrompts.Reflect }) { Lead = " " };

    /// <summary>A pretrained language model, told in plain words what is wanted.</summary>
    /// <param name="model">The model.</param>
    /// <param name="messages">What it is told; null for what <see cref="WriterPrompts"/> says of households.</param>
    public static RefinementWriter Pretrained(LanguageModel model, Func<RetrospectiveContext, IList<ChatMessage>>? messages = null) =>
        new(model, Writing(PretrainedMaxTokens) with { Messages = messages ?? WriterPrompts.Reflect });

    /// <summary>A refinement as the model would write it: its tokens, with the end.</summary>
    public ImmutableArray<int> Encode(string refinement) => [.. Model.Tokenizer.Encode(Lead + refinement), Model.Tokenizer.EndIds[0]];

    // Refinements go into the prompt as they are: the small actor learnt its language without frames.
    private static TrainedRetrospectiveOptions Writing(int maxTokens) => new() { MaxTokens = maxTokens, Header = "", Fenced = false };
}
