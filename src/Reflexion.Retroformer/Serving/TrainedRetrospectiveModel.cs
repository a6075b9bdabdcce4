using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>
/// A language model in this process as the retrospective model: the trained policy in the place of a prompted one (Yao et al. 2023, section 4.1). It is shown the same
/// state, is metered and journaled alike, and writes to the same place of the actor's prompt.
/// </summary>
/// <remarks>The same seed of the run, task and number of trials give the same refinement. Holds configuration only; safe to share.</remarks>
public sealed class TrainedRetrospectiveModel : IRetrospectiveModel
{
    private readonly LlmRetrospectiveModel _writer;

    /// <summary>Creates a retrospective model.</summary>
    /// <param name="model">The model, with a tokenizer and a chat template. Not disposed with this one.</param>
    /// <param name="adapter">What it was trained to, or null for the model as it is. Each refinement is written with the adapter as it is then; not disposed with this one.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TrainedRetrospectiveModel(LanguageModel model, LoraAdapter? adapter = null, TrainedRetrospectiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        _writer = new(model.AsChatClient(options.ToChatOptions(adapter)), options.ToRetrospectiveOptions());
    }

    /// <inheritdoc/>
    public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken) => _writer.RewriteAsync(context, cancellationToken);
}
