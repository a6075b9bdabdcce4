using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Reserves a call in a ledger before making it, settles it after, and reports it to telemetry.</summary>
/// <remarks>Does not own the inner client: disposing of this one leaves that one alive, since it belongs to the application.</remarks>
internal sealed class MeteredChatClient(IChatClient inner, BudgetLedger ledger, AgentComponent component, TimeProvider time) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        TokenUsage expected = CallTokens.Expect(sent, options, ledger.Budget);
        string? model = CallTokens.ModelOf(inner, options);
        BudgetReservation reservation = ledger.Reserve(component, expected, model);
        using ChatCallTelemetry call = ChatCallTelemetry.Start(inner, sent, options, component, time);
        try
        {
            // Clients may change the options they are given.
            ChatResponse response = await inner.GetResponseAsync(sent, options?.Clone(), cancellationToken).ConfigureAwait(false);
            TokenUsage used = CallTokens.Used(response, expected);
            reservation.Settle(used, response.ModelId ?? model, failed: false);
            call.Succeed(response, used);
            return response;
        }
        catch (Exception fault)
        {
            // The provider may have charged for the prompt; a call that failed is counted with it.
            reservation.Settle(new(expected.InputTokens, 0), model, failed: true);
            call.Fail(fault);
            throw;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        TokenUsage expected = CallTokens.Expect(sent, options, ledger.Budget);
        string? model = CallTokens.ModelOf(inner, options);
        BudgetReservation reservation = ledger.Reserve(component, expected, model);
        using ChatCallTelemetry call = ChatCallTelemetry.Start(inner, sent, options, component, time);
        var updates = new List<ChatResponseUpdate>();
        IAsyncEnumerator<ChatResponseUpdate>? stream = null;
        Exception? fault = null;
        bool completed = false;
        try
        {
            while (true)
            {
                try
                {
                    call.Resume();

                    // A client may throw as soon as it is asked for the stream.
                    stream ??= inner.GetStreamingResponseAsync(sent, options?.Clone(), cancellationToken).GetAsyncEnumerator(cancellationToken);
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
            ChatResponse response = updates.ToChatResponse();
            TokenUsage used = CallTokens.Used(response, expected);
            reservation.Settle(used, response.ModelId ?? model, failed: !completed);
            if (fault is not null)
            {
                call.Fail(fault);
            }
            else
            {
                call.Succeed(response, used);
            }

            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose()
    {
    }
}
