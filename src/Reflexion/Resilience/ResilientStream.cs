using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A stream that has begun: what was read ahead of it, and the rest under watch.</summary>
internal sealed class ResilientStream : IAsyncDisposable
{
    private readonly ChatResilienceOptions _options;
    private readonly ResilientCall _call;
    private readonly AttemptLimit _limit;
    private readonly Queue<ChatResponseUpdate> _ahead = new();
    private readonly StringBuilder _text = new();
    private IAsyncEnumerator<ChatResponseUpdate>? _source;
    private bool _finished;
    private bool _ended;

    private ResilientStream(ResilientCall call, ChatResilienceOptions options)
    {
        _options = options;
        _call = call;
        _limit = new(options.TimeProvider, call.Token);
    }

    /// <summary>Opens a stream and reads up to its first content, or to its end where streams are buffered.</summary>
    internal static async ValueTask<ResilientStream> OpenAsync(IChatClient client, ResilientCall call, ChatResilienceOptions options)
    {
        var stream = new ResilientStream(call, options);
        try
        {
            await stream.ReadAheadAsync(client).ConfigureAwait(false);
            return stream;
        }
        catch (Exception thrown)
        {
            Exception explained = call.Explain(thrown, stream._limit);
            await stream.DisposeAsync().ConfigureAwait(false);
            ExceptionDispatchInfo.Throw(explained);
            throw;
        }
    }

    /// <summary>The next update, or null at the end.</summary>
    /// <exception cref="ChatStreamInterruptedException">The stream broke.</exception>
    internal async ValueTask<ChatResponseUpdate?> NextAsync(ChatRoute route)
    {
        try
        {
            ChatResponseUpdate? update = _ahead.TryDequeue(out ChatResponseUpdate? ahead) ? ahead : await PullAsync().ConfigureAwait(false);
            _text.Append(update?.Text);
            return update;
        }
        catch (Exception thrown)
        {
            Exception explained = _call.Explain(thrown, _limit);
            if (explained is ChatFaultException fault)
            {
                await route.ReportAsync(fault).ConfigureAwait(false);
                throw new ChatStreamInterruptedException(fault.Fault, _text.ToString(), fault.InnerException) { Attempts = _call.Attempts };
            }

            ExceptionDispatchInfo.Throw(explained);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }

        _limit.Dispose();
    }

    private async ValueTask ReadAheadAsync(IChatClient client)
    {
        _limit.Within(_options.AttemptTimeout, nameof(ChatResilienceOptions.AttemptTimeout));
        _source = client.GetStreamingResponseAsync(_call.Messages, _call.Request?.Clone(), _limit.Token).GetAsyncEnumerator(_limit.Token);
        bool begun = false;
        while ((_options.BufferStreams || !begun) && await ReadAsync().ConfigureAwait(false) is { } update)
        {
            _ahead.Enqueue(update);
            begun = begun || Matters(update);
            if (begun)
            {
                _limit.Within(_options.StreamIdleTimeout, nameof(ChatResilienceOptions.StreamIdleTimeout));
            }
        }

        _limit.Suspend();
    }

    private async ValueTask<ChatResponseUpdate?> PullAsync()
    {
        _limit.Within(_options.StreamIdleTimeout, nameof(ChatResilienceOptions.StreamIdleTimeout));
        ChatResponseUpdate? update = await ReadAsync().ConfigureAwait(false);
        _limit.Suspend();
        return update;
    }

    private async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        try
        {
            if (!_ended && await _source!.MoveNextAsync().ConfigureAwait(false))
            {
                _finished = _finished || _source.Current.FinishReason is not null;
                return _source.Current;
            }
        }
        catch (Exception thrown) when (_finished && _call.Explain(thrown, _limit) is ChatFaultException { Fault.IsTransient: true })
        {
            // The reply was complete; only what closes the connection was lost.
        }

        _ended = true;
        return _finished || !_options.RequireFinishReason ? null : throw new ChatFaultException(ChatFaults.CutStream());
    }

    /// <summary>Whether a reader sees anything of an update; a role or a usage alone can still be retried unseen.</summary>
    private static bool Matters(ChatResponseUpdate update) =>
        update.FinishReason is not null || update.Contents.Any(content => content is not UsageContent and not TextContent { Text.Length: 0 });
}
