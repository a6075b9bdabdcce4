using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Runs an episode for each request; see <see cref="ReflectiveChatClientExtensions.WithReflexion"/>.</summary>
internal sealed class ReflectiveChatClient(IChatClient inner, ReflexionAgent agent, Func<ChatOptions?, EpisodeOptions>? optionsOf) : DelegatingChatClient(inner)
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
        Episode episode = await bound.RunAsync(actor.Task, optionsOf?.Invoke(options), cancellationToken).ConfigureAwait(false);
        Trial? answering = episode.StopReason == StopReason.AwaitsTools ? episode.Trials[^1] : episode.Best;
        ChatResponse? best = actor.ResponseOf(answering?.Number) ?? Recorded(answering);
        if (best is null)
        {
            if (episode.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure.Exception);
            }

            throw episode.StopReason == StopReason.Stopped ? new OperationCanceledException(episode.StopDetail) : new BudgetExhaustedException(episode.StopDetail);
        }

        return Describe(best, episode);
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

    // A trial that a journal restored made no call in this process.
    private static ChatResponse? Recorded(Trial? trial) =>
        trial?.Trajectory.Answer is { } answer ? new(new ChatMessage(ChatRole.Assistant, answer)) { FinishReason = ChatFinishReason.Stop } : null;

    // A copy: the response may stand in a cache of the client's.
    private static ChatResponse Describe(ChatResponse response, Episode episode)
    {
        TokenUsage used = episode.Usage.Total.Tokens;
        return new(response.Messages)
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            ContinuationToken = response.ContinuationToken,
            RawRepresentation = response.RawRepresentation,
            Usage = new()
            {
                InputTokenCount = used.InputTokens,
                OutputTokenCount = used.OutputTokens,
                TotalTokenCount = used.TotalTokens,
                CachedInputTokenCount = used.CachedInputTokens,
            },
            AdditionalProperties = new(response.AdditionalProperties ?? [])
            {
                [ReflectiveChatClientExtensions.EpisodeKey] = episode,
            },
        };
    }
}
