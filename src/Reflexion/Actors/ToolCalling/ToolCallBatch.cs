using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Reflexion;

/// <summary>Makes the calls of one reply: a bounded number at once, results in the order of the calls.</summary>
internal static class ToolCallBatch
{
    internal static async IAsyncEnumerable<ToolCallResult> RunAsync(
        ToolInvoker invoker, ImmutableArray<RequestedCall> calls, int maxParallel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // People are asked one thing at a time, and before anything happens.
        var refused = new ToolCallResult?[calls.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            refused[i] = await invoker.RefuseAsync(calls[i], cancellationToken).ConfigureAwait(false);
        }

        if (calls.Length == 1)
        {
            yield return refused[0] ?? await invoker.InvokeAsync(calls[0], cancellationToken).ConfigureAwait(false);
            yield break;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = new List<Task<ToolCallResult>>(calls.Length);
        try
        {
            for (int i = 0; i < calls.Length; i++)
            {
                for (int next = started.Count; next < calls.Length && next - i < maxParallel; next++)
                {
                    started.Add(refused[next] is { } refusal ? Task.FromResult(refusal) : invoker.InvokeAsync(calls[next], stop.Token));
                }

                yield return await started[i].ConfigureAwait(false);
            }
        }
        finally
        {
            // Nothing of a reply outlives it, whether a call ended the trial or the reader left.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll((IEnumerable<Task>)started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
