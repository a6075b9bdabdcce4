using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Makes any chat client reflective behind its own interface.</summary>
public static class ReflectiveChatClientExtensions
{
    /// <summary>
    /// Puts the Reflexion loop behind <see cref="IChatClient"/>: each response is judged, and one that fails is reflected
    /// on and asked for again with the lesson, until one passes, the trials or the budget end. The best response is returned.
    /// </summary>
    /// <remarks>
    /// <para>The response carries the usage of the whole episode, and the <see cref="Episode"/> itself under
    /// <see cref="EpisodeKey"/> in its additional properties. A streaming call yields the updates of the best response once
    /// it is known, since text already shown cannot be taken back.</para>
    /// <para>A response that calls tools is handed on at once: whoever drives the tools asks again, and the final answer
    /// is judged. Requests that continue a conversation stored by the service (<c>ChatOptions.ConversationId</c>) are passed through
    /// unchanged, since each further trial would be added to that conversation.</para>
    /// </remarks>
    /// <param name="client">The client. The result owns it.</param>
    /// <param name="build">Sets at least the evaluator; the actor is the client itself and cannot be changed.</param>
    /// <param name="optionsOf">
    /// Makes the options of a request's episode from the request's own: its tenant, say, from
    /// <c>ChatOptions.AdditionalProperties</c>. Null (default) for the defaults, where all requests share one tenant.
    /// </param>
    /// <returns>A client that learns from its mistakes; thread-safe.</returns>
    public static IChatClient WithReflexion(
        this IChatClient client, Action<ReflexionAgentBuilder> build, Func<ChatOptions?, EpisodeOptions>? optionsOf = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(build);
        ReflexionAgentBuilder builder = ReflexionAgent.CreateBuilder(client);
        build(builder);
        return new ReflectiveChatClient(client, builder.UseActor(_ => ConversationActor.Unbound).Build(), optionsOf);
    }

    /// <summary>The key of the <see cref="Episode"/> in the additional properties of a response: <c>reflexion.episode</c>.</summary>
    public const string EpisodeKey = "reflexion.episode";

    /// <summary>The episode behind a response, or null where it has none.</summary>
    /// <param name="response">A response of a reflective client.</param>
    public static Episode? GetEpisode(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(EpisodeKey) as Episode;
    }
}
