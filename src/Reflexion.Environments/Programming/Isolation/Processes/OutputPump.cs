using System.IO.Pipelines;

namespace Reflexion.Environments;

/// <summary>Takes what a program writes, up to a limit.</summary>
internal static class OutputPump
{
    private const int ChunkBytes = 16 << 10;

    /// <summary>Copies until the source ends, or more than the limit came, which is said once.</summary>
    public static async Task RunAsync(Stream source, PipeWriter target, int limit, Action onOverflow, CancellationToken cancellationToken)
    {
        var left = limit;
        try
        {
            // What is too much is read too, and dropped: whoever writes into a full pipe cannot end.
            while (await source.ReadAsync(target.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                target.Advance(Math.Min(read, left));
                await target.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                if (read > left)
                {
                    onOverflow();
                }

                left -= Math.Min(read, left);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It ended with its pipe in other hands: what came so far is its output.
        }
        finally
        {
            await target.CompleteAsync().ConfigureAwait(false);
        }
    }
}
