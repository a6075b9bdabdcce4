using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>
/// Lets a model write guidance for the next trial from the last one, its verdict and the lessons: Retroformer's way (Yao et al.
/// 2023, section 4.1). The model may be a trained one or any other.
/// </summary>
/// <remarks>
/// The guidance is added behind the base prompt, which stays unchanged to the byte. Before a first trial without lessons there is
/// nothing to write from, and no call is made. An empty reply falls back to the lessons as they are. Holds configuration only;
/// safe to share.
/// </remarks>
public sealed class LlmRetrospectiveModel : IRetrospectiveModel
{
    private static readonly LessonRenderer Fallback = new();
    private readonly IChatClient _client;
    private readonly RetrospectiveOptions _options;

    /// <summary>Creates a retrospective model.</summary>
    /// <param name="client">The model that writes. Not disposed with this one.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LlmRetrospectiveModel(IChatClient client, RetrospectiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = (options ?? new()).Validate();
    }

    /// <inheritdoc/>
    public async ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Trials.IsDefaultOrEmpty && context.Lessons.IsDefaultOrEmpty)
        {
            return context.BasePrompt;
        }

        IChatClient model = context.Run.Meter(_client, AgentComponent.RetrospectiveModel);
        ChatResponse response = await model
            .GetResponseAsync(_options.Messages(context), _options.ToChatOptions(context), cancellationToken).ConfigureAwait(false);
        string guidance = ModelReply.Prose(response.Text);
        return guidance.Length == 0
            ? await Fallback.RewriteAsync(context, cancellationToken).ConfigureAwait(false)
            : context.BasePrompt.With(ToPart(context, Excerpt.Of(guidance, _options.MaxRefinementCharacters)));
    }

    private PromptPart ToPart(RetrospectiveContext context, string guidance)
    {
        string text = _options.Fenced ? SafeFence.Wrap("guidance", guidance) : guidance;
        return new(PromptPartKind.Refinement, _options.Header.Length == 0 ? text : $"{_options.Header}\n{text}", IntegrityOf(context))
        {
            LessonIds = LessonSection.IdsOf(context.Lessons),
        };
    }

    // As trustworthy as the least of what the model wrote it from.
    private static TextIntegrity IntegrityOf(RetrospectiveContext context)
    {
        Trajectory? last = context.Trials.IsDefaultOrEmpty ? null : context.Trials[^1].Trajectory;
        return MaterialIntegrity.Worst(LessonSection.IntegrityOf(context.Lessons), MaterialIntegrity.Of(context.Task, last));
    }
}
