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
        ImmutableArray<PlannedCall> planned = [.. calls.Select(invoker.Plan)];
        var decided = new ToolCallResult?[calls.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            decided[i] = await invoker.DecideAsync(planned[i], cancellationToken).ConfigureAwait(false);
        }

        if (calls.Length == 1)
        {
            yield return decided[0] ?? await invoker.InvokeAsync(planned[0], cancellationToken).ConfigureAwait(false);
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
                    started.Add(decided[next] is { } result ? Task.FromResult(result) : invoker.InvokeAsync(planned[next], stop.Token));
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
