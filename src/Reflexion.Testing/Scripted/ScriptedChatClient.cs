using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>A chat client that answers from a script: by rule where one matches, else turn by turn, else by a last resort.</summary>
/// <remarks>
/// Thread-safe once set up. Every request is kept in <see cref="Requests"/> for assertions. Replies carry a usage of one
/// token per four characters, and stream word by word.
/// </remarks>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<ScriptedRequest, ChatResponse>> _turns = new();
    private readonly List<(Func<ScriptedRequest, bool> Matches, Func<ScriptedRequest, ChatResponse> Reply)> _rules = [];
    private readonly List<ScriptedRequest> _requests = [];
    private Func<ScriptedRequest, ChatResponse>? _otherwise;
    private int _turn;

    /// <summary>Creates a client.</summary>
    /// <param name="replies">What to answer to the first request, the second, and so on.</param>
    public ScriptedChatClient(params string[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        foreach (string reply in replies)
        {
            Then(reply);
        }
    }

    /// <summary>The model id that replies carry. Default <c>scripted</c>.</summary>
    public string ModelId { get; init; } = "scripted";

    /// <summary>Whether requests are kept. Default true; turn it off in load tests.</summary>
    public bool KeepsRequests { get; init; } = true;

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Adds a reply for the next turn.</summary>
    /// <param name="reply">The reply's text.</param>
    public ScriptedChatClient Then(string reply) => Then(_ => Respond(reply));

    /// <summary>Adds a response for the next turn, with tool calls or whatever else it holds.</summary>
    /// <param name="reply">Makes the response from the request; what it throws is thrown to the caller.</param>
    public ScriptedChatClient Then(Func<ScriptedRequest, ChatResponse> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _turns.Enqueue(reply);
        return this;
    }

    /// <summary>Adds a rule, which takes precedence over turns; of several that match, the first one answers.</summary>
    /// <param name="matches">Whether the rule is for a request.</param>
    /// <param name="reply">The reply's text.</param>
    public ScriptedChatClient When(Func<ScriptedRequest, bool> matches, string reply) => When(matches, _ => Respond(reply));

    /// <summary>Adds a rule, which takes precedence over turns; of several that match, the first one answers.</summary>
    /// <param name="matches">Whether the rule is for a request.</param>
    /// <param name="reply">Makes the response from the request.</param>
    public ScriptedChatClient When(Func<ScriptedRequest, bool> matches, Func<ScriptedRequest, ChatResponse> reply)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(reply);
        _rules.Add((matches, reply));
        return this;
    }

    /// <summary>Sets the reply to every request that no rule and no turn answers.</summary>
    /// <param name="reply">Makes the reply's text from the request.</param>
    public ScriptedChatClient Otherwise(Func<ScriptedRequest, string> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _otherwise = request => Respond(reply(request));
        return this;
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Answer(messages, options));
        }
        catch (Exception fault)
        {
            return Task.FromException<ChatResponse>(fault);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in ResponseStreaming.Split(response))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, ModelId)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private ChatResponse Answer(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ImmutableArray<ChatMessage> sent = [.. messages];
        Func<ScriptedRequest, ChatResponse>? reply;
        ScriptedRequest request;
        lock (_gate)
        {
            request = new(++_turn, sent, options?.Clone());
            if (KeepsRequests)
            {
                _requests.Add(request);
            }

            reply = _rules.FirstOrDefault(rule => rule.Matches(request)).Reply
                ?? (_turns.TryDequeue(out Func<ScriptedRequest, ChatResponse>? turn) ? turn : _otherwise);
        }

        ChatResponse response = reply is null ? throw new ScriptExhaustedException(request) : reply(request);
        response.ModelId ??= ModelId;
        response.Usage ??= ResponseStreaming.EstimateUsage(sent, response);
        return response;
    }

    private static ChatResponse Respond(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
}
