using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Answers with what an earlier run recorded, and otherwise records what the model answers.</summary>
/// <remarks>Around the metered client: a recorded reply is neither reserved nor measured again, only charged.</remarks>
internal sealed class JournaledChatClient(IChatClient metered, EpisodeRun run, AgentComponent component) : DelegatingChatClient(metered)
{
    private readonly EpisodeRecorder _recorder = run.Recorder;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        (string, int) key = _recorder.Count(RequestKey.Of(component, sent, options));
        if (_recorder.TakeCall(key) is { } recorded)
        {
            return Replay(recorded);
        }

        TokenUsage expected = CallTokens.Expect(sent, options, run.Ledger.Budget);
        string? model = CallTokens.ModelOf(InnerClient, options);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not BudgetExhaustedException)
        {
            await _recorder.AppendAsync(() => Failure(key, fault, new(expected.InputTokens, 0), model, cancellationToken.IsCancellationRequested)).ConfigureAwait(false);
            throw;
        }

        await _recorder.AppendAsync(() => Reply(key, response, CallTokens.Used(response, expected), response.ModelId ?? model)).ConfigureAwait(false);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        (string, int) key = _recorder.Count(RequestKey.Of(component, sent, options));
        if (_recorder.TakeCall(key) is { } recorded)
        {
            foreach (ChatResponseUpdate update in Replay(recorded).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        TokenUsage expected = CallTokens.Expect(sent, options, run.Ledger.Budget);
        string? model = CallTokens.ModelOf(InnerClient, options);
        var updates = new List<ChatResponseUpdate>();
        IAsyncEnumerator<ChatResponseUpdate> stream = base.GetStreamingResponseAsync(sent, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Exception? fault = null;
        bool completed = false;
        try
        {
            while (true)
            {
                try
                {
                    if (!await stream.MoveNextAsync().ConfigureAwait(false))
                    {
                        completed = true;
                        break;
                    }
                }
                catch (Exception error)
                {
                    fault = error;
                    throw;
                }

                updates.Add(stream.Current);
                yield return stream.Current;
            }
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (fault is not BudgetExhaustedException)
            {
                ChatResponse response = updates.ToChatResponse();
                TokenUsage used = CallTokens.Used(response, expected);
                string? answered = response.ModelId ?? model;
                fault ??= completed ? null : new OperationCanceledException("The stream was not read to its end.");
                await _recorder.AppendAsync(() => fault is null
                    ? Reply(key, response, used, answered)
                    : Failure(key, fault, used, answered, fault is OperationCanceledException || cancellationToken.IsCancellationRequested)).ConfigureAwait(false);
            }
        }
    }

    private static ChatResponse Replay(ModelCall recorded) =>
        recorded.Response is { } response ? RecordedResponse.Read(response, recorded.ArgumentFaults) : throw recorded.Fault!.ToException();

    private ModelCall Reply((string, int) key, ChatResponse response, TokenUsage used, string? model) => Made(key, used, model, failed: false) with
    {
        Response = RecordedResponse.Write(response),
        ArgumentFaults = RecordedResponse.ArgumentFaults(response),
    };

    private ModelCall Failure((string, int) key, Exception fault, TokenUsage used, string? model, bool wasAbandoned) => Made(key, used, model, failed: true) with
    {
        Fault = RecordedFault.Of(fault),
        WasAbandoned = wasAbandoned,
    };

    private ModelCall Made((string Request, int Occurrence) key, TokenUsage used, string? model, bool failed) => new()
    {
        Component = component,
        Request = key.Request,
        Occurrence = key.Occurrence,
        HeldOut = run.IsHeldOut,
        Usage = run.Ledger.UsageOf(used, model, failed),
    };
}
