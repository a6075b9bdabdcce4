using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Runs an episode for each request; see <see cref="ReflectiveChatClientExtensions.WithReflexion"/>.</summary>
internal sealed class ReflectiveChatClient(IChatClient inner, ReflexionAgent agent) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is not null)
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }

        var actor = new ConversationActor(InnerClient, [.. messages], options);
        ReflexionAgent bound = agent.With(actor);
        Episode episode = await bound.RunAsync(actor.Task, cancellationToken: cancellationToken).ConfigureAwait(false);
        Trial? answering = episode.StopReason == StopReason.AwaitsTools ? episode.Trials[^1] : episode.Best;
        ChatResponse? best = actor.ResponseOf(answering?.Number);
        if (best is null)
        {
            if (episode.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure.Exception);
            }

            throw new BudgetExhaustedException(episode.StopDetail);
        }

        TokenUsage used = episode.Usage.Total.Tokens;
        best.Usage = new()
        {
            InputTokenCount = used.InputTokens,
            OutputTokenCount = used.OutputTokens,
            TotalTokenCount = used.TotalTokens,
            CachedInputTokenCount = used.CachedInputTokens,
        };
        (best.AdditionalProperties ??= [])[ReflectiveChatClientExtensions.EpisodeKey] = episode;
        return best;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is not null)
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        ChatResponse best = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in best.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType == typeof(ReflexionAgent) ? agent : base.GetService(serviceType, serviceKey);
    }
}
