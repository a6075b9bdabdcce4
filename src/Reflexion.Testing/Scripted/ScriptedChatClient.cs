using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>A chat client that answers from a script: by rule where one matches, else turn by turn, else by a last resort.</summary>
/// <remarks>
/// Thread-safe once set up. Every request is kept in <see cref="Requests"/> for assertions. Replies carry a usage of one
/// token per four characters, and stream word by word. With <see cref="KeepsRequests"/> off a call takes no lock and copies nothing.
/// <example><code>
/// using var client = new ScriptedChatClient("first reply", "second reply")
///     .ThenCall("search", """{"query":"Paris"}""")
///     .ThenThrow(new HttpRequestException("busy", null, HttpStatusCode.TooManyRequests))
///     .When(request => request.Contains("reflect"), "I should have looked it up.")
///     .Otherwise("I do not know.");
/// </code></example>
/// </remarks>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Func<ScriptedRequest, ChatResponse>> _turns = new();
    private readonly List<(Func<ScriptedRequest, bool> Matches, Func<ScriptedRequest, ChatResponse> Reply)> _rules = [];
    private readonly List<ScriptedRequest> _requests = [];
    private Func<ScriptedRequest, ChatResponse>? _otherwise;
    private int _turn;
    private int _played;
    private int _calls;

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

    /// <summary>How long a reply, or the first update of a stream, takes; null (default) for no time at all.</summary>
    public Func<ScriptedRequest, TimeSpan>? Latency { get; init; }

    /// <summary>The clock that <see cref="Latency"/> passes on. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The requests so far, in order; none where <see cref="KeepsRequests"/> is off.</summary>
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

    /// <summary>The last request.</summary>
    /// <exception cref="InvalidOperationException">No request was kept.</exception>
    public ScriptedRequest LastRequest => Requests is { Count: > 0 } requests
        ? requests[^1]
        : throw new InvalidOperationException(KeepsRequests ? "The client has received no request." : $"Requests are not kept; leave {nameof(KeepsRequests)} on to look at them.");

    /// <summary>How many requests were received, kept or not.</summary>
    public int RequestCount => Volatile.Read(ref _turn);

    /// <summary>Adds a reply for the next turn.</summary>
    /// <param name="reply">The reply's text.</param>
    public ScriptedChatClient Then(string reply) => Then(_ => ScriptedReply.Text(reply));

    /// <summary>Adds a response for the next turn, with tool calls or whatever else it holds.</summary>
    /// <param name="reply">Makes the response from the request; what it throws is thrown to the caller.</param>
    public ScriptedChatClient Then(Func<ScriptedRequest, ChatResponse> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _turns.Enqueue(reply);
        return this;
    }

    /// <summary>Adds a tool call for the next turn. Its id is <c>call_1</c> for the first call added, and so on.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="argumentsJson">The arguments, a JSON object. Default: none.</param>
    /// <exception cref="ArgumentException"><paramref name="argumentsJson"/> is no JSON object.</exception>
    public ScriptedChatClient ThenCall(string name, string argumentsJson = "{}")
    {
        FunctionCallContent call = ScriptedReply.Call(name, argumentsJson, $"call_{++_calls}");
        return Then(_ => ScriptedReply.Calls(call));
    }

    /// <summary>Adds a tool call for the next turn. Its id is <c>call_1</c> for the first call added, and so on.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="arguments">The arguments by name.</param>
    public ScriptedChatClient ThenCall(string name, IReadOnlyDictionary<string, object?> arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(arguments);
        var call = new FunctionCallContent($"call_{++_calls}", name, new Dictionary<string, object?>(arguments));
        return Then(_ => ScriptedReply.Calls(call));
    }

    /// <summary>Makes the next turn fail.</summary>
    /// <param name="fault">What to throw to the caller.</param>
    public ScriptedChatClient ThenThrow(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Then(_ => throw fault);
    }

    /// <summary>Adds a rule, which takes precedence over turns; of several that match, the first one answers.</summary>
    /// <param name="matches">Whether the rule is for a request.</param>
    /// <param name="reply">The reply's text.</param>
    public ScriptedChatClient When(Func<ScriptedRequest, bool> matches, string reply) => When(matches, _ => ScriptedReply.Text(reply));

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
    /// <param name="reply">The reply's text.</param>
    public ScriptedChatClient Otherwise(string reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _otherwise = _ => ScriptedReply.Text(reply);
        return this;
    }

    /// <summary>Sets the reply to every request that no rule and no turn answers.</summary>
    /// <param name="reply">Makes the reply's text from the request.</param>
    public ScriptedChatClient Otherwise(Func<ScriptedRequest, string> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _otherwise = request => ScriptedReply.Text(reply(request));
        return this;
    }

    /// <summary>Throws where turns of the script were not asked for.</summary>
    /// <exception cref="ScriptNotFinishedException">Turns are left.</exception>
    public void AssertAllPlayed()
    {
        if (!_turns.IsEmpty)
        {
            throw new ScriptNotFinishedException(_played, _turns.Count);
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ChatResponse>(cancellationToken);
        }

        try
        {
            IReadOnlyList<ChatMessage> sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
            ScriptedRequest request = Receive(sent, options);
            return Latency is null ? Task.FromResult(Answer(request, sent)) : AnswerLaterAsync(request, sent, Latency(request), cancellationToken);
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

    private ScriptedRequest Receive(IReadOnlyList<ChatMessage> sent, ChatOptions? options)
    {
        if (!KeepsRequests)
        {
            return ScriptedRequest.Uncopied(Interlocked.Increment(ref _turn), sent, options);
        }

        ChatOptions? copy = options?.Clone();
        lock (_gate)
        {
            var request = new ScriptedRequest(++_turn, [.. sent], copy);
            _requests.Add(request);
            return request;
        }
    }

    private async Task<ChatResponse> AnswerLaterAsync(ScriptedRequest request, IReadOnlyList<ChatMessage> sent, TimeSpan latency, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, Time, cancellationToken).ConfigureAwait(false);
        return Answer(request, sent);
    }

    private ChatResponse Answer(ScriptedRequest request, IReadOnlyList<ChatMessage> sent)
    {
        Func<ScriptedRequest, ChatResponse> reply = Rule(request) ?? NextTurn() ?? _otherwise ?? throw new ScriptExhaustedException(request);
        ChatResponse response = reply(request);
        response.ModelId ??= ModelId;
        response.Usage ??= ResponseStreaming.EstimateUsage(sent, response);
        return response;
    }

    private Func<ScriptedRequest, ChatResponse>? Rule(ScriptedRequest request)
    {
        foreach ((Func<ScriptedRequest, bool> matches, Func<ScriptedRequest, ChatResponse> reply) in _rules)
        {
            if (matches(request))
            {
                return reply;
            }
        }

        return null;
    }

    private Func<ScriptedRequest, ChatResponse>? NextTurn()
    {
        if (!_turns.TryDequeue(out Func<ScriptedRequest, ChatResponse>? turn))
        {
            return null;
        }

        Interlocked.Increment(ref _played);
        return turn;
    }
}
