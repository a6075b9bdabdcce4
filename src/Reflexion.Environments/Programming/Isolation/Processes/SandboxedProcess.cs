using System.IO.Pipelines;
using System.Text;

namespace Reflexion.Environments;

/// <summary>A started program under its limits.</summary>
internal sealed class SandboxedProcess : ISandboxedProcess
{
    private const int Undecided = -1;

    // Quick against what a program can fill meanwhile; most programs end before the first look.
    private static readonly TimeSpan MemoryWatch = TimeSpan.FromMilliseconds(50);

    // How long processes that escaped may hold the output open.
    private static readonly TimeSpan Escaped = TimeSpan.FromMilliseconds(200);

    private readonly LaunchedProcess _launched;
    private readonly SandboxLimits _limits;
    private readonly TimeProvider _time;
    private readonly Action<SandboxedProcess> _onDisposed;
    private readonly Stream _standardOutput;
    private readonly Stream _standardError;
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<SandboxExit> _exit;
    private readonly Lock _gate = new();
    private ITimer? _clock;
    private ITimer? _memoryWatch;
    private long _started;
    private int _end = Undecided;
    private Task? _disposal;

    public SandboxedProcess(LaunchedProcess launched, SandboxLimits limits, TimeProvider time, Action<SandboxedProcess> onDisposed)
    {
        _launched = launched;
        _limits = limits;
        _time = time;
        _onDisposed = onDisposed;
        _started = time.GetTimestamp();
        Input = launched.Process.StandardInput.BaseStream;
        _standardOutput = launched.Process.StandardOutput.BaseStream;
        _standardError = launched.Process.StandardError.BaseStream;
        Output = _output.Reader.AsStream();
        _exit = ExitAsync();
    }

    /// <inheritdoc />
    public Stream Input { get; }

    /// <inheritdoc />
    public Stream Output { get; }

    /// <summary>It has ended.</summary>
    public bool HasEnded => _exit.IsCompleted || _launched.Process.HasExited;

    /// <summary>Lets the wall clock run.</summary>
    public void StartClock()
    {
        lock (_gate)
        {
            if (_disposal is null)
            {
                _started = _time.GetTimestamp();
                _clock = _time.CreateTimer(static state => ((SandboxedProcess)state!).End(SandboxEnd.WallClock), this, _limits.WallClock, Timeout.InfiniteTimeSpan);
                _memoryWatch = _launched.MemoryBytes is null ? null : _time.CreateTimer(static state => ((SandboxedProcess)state!).WatchMemory(), this, MemoryWatch, MemoryWatch);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<SandboxExit> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _exit.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End(SandboxEnd.Disposed);
            await _exit.ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposal ??= EndAndReleaseAsync();
        }

        return new ValueTask(_disposal);
    }

    private void End(SandboxEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, (int)end, Undecided) == Undecided)
        {
            _launched.Kill();
        }
    }

    private void WatchMemory()
    {
        if (!_exit.IsCompleted && _launched.MemoryBytes!() / 2 > _limits.MemoryBytes)
        {
            End(SandboxEnd.Memory);
        }
    }

    private async Task<SandboxExit> ExitAsync()
    {
        var output = OutputPump.RunAsync(_standardOutput, _output.Writer, _limits.OutputBytes, () => End(SandboxEnd.Output), _ended.Token);
        var errors = new MemoryStream();
        var error = OutputPump.RunAsync(_standardError, PipeWriter.Create(errors, new StreamPipeWriterOptions(leaveOpen: true)), _limits.OutputBytes, () => End(SandboxEnd.Output), _ended.Token);
        await _launched.Process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_launched.OutputOutlives)
        {
            _launched.Kill();
            _ended.CancelAfter(Escaped);
        }

        await Task.WhenAll(output, error).ConfigureAwait(false);
        return Exit(Encoding.UTF8.GetString(errors.GetBuffer(), 0, (int)errors.Length));
    }

    private SandboxExit Exit(string errors)
    {
        var code = _launched.Process.ExitCode;
        var end = Interlocked.CompareExchange(ref _end, (int)SandboxEnd.Exited, Undecided);
        return end == Undecided
            ? ExitStatus.Read(code, _time.GetElapsedTime(_started), _limits.CpuTime, errors)
            : new SandboxExit((SandboxEnd)end, null, WithoutOwnWords(errors));
    }

    private string WithoutOwnWords(string errors)
    {
        var last = errors.TrimEnd('\n').LastIndexOf('\n') + 1;
        return _launched.OwnWords is { } own && errors.AsSpan(last).StartsWith(own, StringComparison.Ordinal) ? errors[..last] : errors;
    }

    private async Task EndAndReleaseAsync()
    {
        End(SandboxEnd.Disposed);
        await _exit.ConfigureAwait(false);
        await StopAsync(_clock).ConfigureAwait(false);
        await StopAsync(_memoryWatch).ConfigureAwait(false);

        // The process leaves streams that were asked for to the garbage collector, which may come long after the last free handle.
        await Input.DisposeAsync().ConfigureAwait(false);
        await _standardOutput.DisposeAsync().ConfigureAwait(false);
        await _standardError.DisposeAsync().ConfigureAwait(false);
        _launched.Process.Dispose();
        _ended.Dispose();
        _launched.Release();
        _onDisposed(this);
    }

    private static ValueTask StopAsync(ITimer? timer) => timer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
