namespace Reflexion.Samples;

/// <summary>Turns the first Ctrl-C into a request to stop, so that a run ends with its best trial; a second one ends the process.</summary>
public sealed class CtrlC : IDisposable
{
    private readonly CancellationTokenSource _source;

    /// <summary>Starts listening.</summary>
    /// <param name="stop">What asks to stop as well; none by default.</param>
    public CtrlC(CancellationToken stop = default)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Console.CancelKeyPress += OnCancel;
    }

    /// <summary>Cancelled at the first Ctrl-C, or when asked to stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        _source.Dispose();
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs pressed)
    {
        if (!_source.IsCancellationRequested)
        {
            pressed.Cancel = true;
            _source.Cancel();
        }
    }
}
