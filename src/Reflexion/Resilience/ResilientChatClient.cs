using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Reflexion;

/// <summary>Makes calls through the routes in turn until one answers, a limited number of them at once.</summary>
internal sealed class ResilientChatClient : DelegatingChatClient
{
    private readonly ChatResilienceOptions _options;
    private readonly ChatRoute[] _routes;
    private readonly ILogger _log;
    private readonly SemaphoreSlim? _gate;

    internal ResilientChatClient(IChatClient client, ChatResilienceOptions options)
        : base(client)
    {
        _options = options;
        _log = options.LoggerFactory?.CreateLogger(ResilienceLog.Category) ?? NullLogger.Instance;
        _routes = [.. new[] { client }.Concat(options.Fallbacks).Select((each, index) => new ChatRoute(each, options, _log, unchecked(options.Seed + index)))];
        _gate = options.MaxConcurrentCalls is { } limit ? new(limit, limit) : null;
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using IDisposable permit = await EnterAsync(cancellationToken).ConfigureAwait(false);
        (ChatResponse response, ResilientCall call, _) = await RunAsync(messages, options, AnswerAsync, cancellationToken).ConfigureAwait(false);
        call.Dispose();
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using IDisposable permit = await EnterAsync(cancellationToken).ConfigureAwait(false);
        (ResilientStream stream, ResilientCall call, ChatRoute route) = await RunAsync(
            messages, options, (client, call) => ResilientStream.OpenAsync(client, call, _options), cancellationToken).ConfigureAwait(false);
        using (call)
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.NextAsync(route).ConfigureAwait(false) is { } update)
            {
                yield return update;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IChatClient fallback in _options.Fallbacks)
            {
                fallback.Dispose();
            }

            _gate?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>One attempt at a whole response.</summary>
    private async ValueTask<ChatResponse> AnswerAsync(IChatClient client, ResilientCall call)
    {
        using var limit = new AttemptLimit(_options.TimeProvider, call.Token);
        limit.Within(_options.AttemptTimeout, nameof(ChatResilienceOptions.AttemptTimeout));
        try
        {
            return await client.GetResponseAsync(call.Messages, call.Request?.Clone(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            call.Rethrow(thrown, limit);
            throw;
        }
    }

    private async ValueTask<(T Result, ResilientCall Call, ChatRoute Route)> RunAsync<T>(
        IEnumerable<ChatMessage> messages, ChatOptions? options, Func<IChatClient, ResilientCall, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] sent = [.. messages];
        int routes = options?.ConversationId is null ? _routes.Length : 1;
        var faults = new List<ChatFaultException>();
        for (int i = 0; ; i++)
        {
            var call = new ResilientCall(sent, i == 0 ? options : WithoutModel(options), _options, cancellationToken);
            try
            {
                return (await _routes[i].ExecuteAsync(call, attempt).ConfigureAwait(false), call, _routes[i]);
            }
            catch (ChatFaultException fault) when (i + 1 < routes && _options.FallsBackOn(fault.Fault))
            {
                call.Dispose();
                faults.Add(fault);
                ResilienceLog.FallingBack(_log, i + 1, routes - 1, fault.Message);
            }
            catch (ChatFaultException fault) when (faults.Count > 0)
            {
                call.Dispose();
                throw ChatFaults.AllFailed([.. faults, fault]);
            }
            catch
            {
                call.Dispose();
                throw;
            }
        }
    }

    private static ChatOptions? WithoutModel(ChatOptions? options)
    {
        ChatOptions? copy = options?.Clone();
        if (copy is not null)
        {
            copy.ModelId = null;
        }

        return copy;
    }

    private async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_gate is not null)
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new Permit(_gate);
    }

    private sealed class Permit(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
