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
        TokenUsage expected = Expect(sent, options);
        BudgetReservation reservation = ledger.Reserve(component, expected, options?.ModelId);
        using ChatCallTelemetry call = ChatCallTelemetry.Start(inner, sent, options, component, time);
        try
        {
            // Clients may change the options they are given.
            ChatResponse response = await inner.GetResponseAsync(sent, options?.Clone(), cancellationToken).ConfigureAwait(false);
            TokenUsage used = response.Usage is null ? expected with { OutputTokens = TokenEstimate.Of(response.Messages) } : TokenUsage.From(response.Usage);
            reservation.Settle(used, response.ModelId ?? options?.ModelId, failed: false);
            call.Succeed(response, used);
            return response;
        }
        catch (Exception fault)
        {
            // The provider may have charged for the prompt; a call that failed is counted with it.
            reservation.Settle(new(expected.InputTokens, 0), options?.ModelId, failed: true);
            call.Fail(fault);
            throw;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IList<ChatMessage> sent = messages as IList<ChatMessage> ?? [.. messages];
        TokenUsage expected = Expect(sent, options);
        BudgetReservation reservation = ledger.Reserve(component, expected, options?.ModelId);
        using ChatCallTelemetry call = ChatCallTelemetry.Start(inner, sent, options, component, time);
        var updates = new List<ChatResponseUpdate>();
        Exception? fault = null;
        bool completed = false;
        ConfiguredCancelableAsyncEnumerable<ChatResponseUpdate>.Enumerator stream = inner
            .GetStreamingResponseAsync(sent, options?.Clone(), cancellationToken).ConfigureAwait(false).GetAsyncEnumerator();
        try
        {
            while (true)
            {
                try
                {
                    if (!await stream.MoveNextAsync())
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
            await stream.DisposeAsync();
            ChatResponse response = updates.ToChatResponse();
            TokenUsage used = response.Usage is null
                ? new(expected.InputTokens, TokenEstimate.Of(response.Messages))
                : TokenUsage.From(response.Usage);
            reservation.Settle(used, response.ModelId ?? options?.ModelId, failed: !completed);
            if (fault is not null)
            {
                call.Fail(fault);
            }
            else
            {
                call.Succeed(response, used);
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

    private TokenUsage Expect(IList<ChatMessage> messages, ChatOptions? options) =>
        new(TokenEstimate.Of(messages), options?.MaxOutputTokens ?? ledger.Budget.ReservedOutputTokens);
}
