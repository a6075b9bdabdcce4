using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A model whose first calls are held until so many are in progress at once; counts how many ever were.</summary>
internal sealed class GateClient(IChatClient inner, int together) : DelegatingChatClient(inner)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _running;

    internal int Most { get; private set; }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Most = Math.Max(Most, ++_running);
            if (_running == together)
            {
                _open.TrySetResult();
            }
        }

        await _open.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        await Task.Yield();
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _running--;
            }
        }
    }
}
