namespace Reflexion.Samples;

/// <summary>Turns the first Ctrl-C into a request to stop, so that a run ends with its best trial; a second one ends the process.</summary>
public sealed class CtrlC : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Starts listening.</summary>
    public CtrlC() => Console.CancelKeyPress += OnCancel;

    /// <summary>Cancelled at the first Ctrl-C.</summary>
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
