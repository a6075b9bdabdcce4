namespace Reflexion.Environments;

/// <summary>The two processes of one examination, and the talk between them. Not thread-safe.</summary>
internal sealed class ExamRoom(ISandbox sandbox, HarnessCommands commands, ExamPaper paper, TimeProvider time) : IAsyncDisposable
{
    private const string TheProgram = "The program";
    private const string TheTest = "The test";
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);
    private FrameChannel? _checker;
    private FrameChannel? _candidate;

    /// <summary>Starts what does not run.</summary>
    internal async ValueTask SeatAsync(CancellationToken cancellationToken)
    {
        // Both start at once; each is kept as soon as it runs, so that a failure of the other leaks neither.
        Task checker = _checker is null ? SeatAsync(commands.Checker, paper.Checker, seated => _checker = seated, cancellationToken) : Task.CompletedTask;
        Task candidate = _candidate is null ? SeatAsync(commands.Candidate, paper.Candidate, seated => _candidate = seated, cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(checker, candidate).ConfigureAwait(false);
    }

    /// <summary>Runs one test.</summary>
    internal async ValueTask<TestResult> RunAsync(string text, Frame test, CancellationToken cancellationToken)
    {
        SandboxExit? lost = null;
        bool talks = await _checker!.SendAsync(test, cancellationToken).ConfigureAwait(false);
        while (talks)
        {
            switch (await _checker.ReceiveAsync(cancellationToken).ConfigureAwait(false))
            {
                case { Kind: FrameKind.Verdict } verdict:
                    return lost is null ? VerdictReader.Read(text, verdict.Body) : ExitWords.Died(text, lost, TheProgram);
                case { Kind: FrameKind.Call } call:
                    Frame? reply = lost is null ? await AskAsync(call, cancellationToken).ConfigureAwait(false) : null;
                    lost = reply is null ? lost ?? await LoseCandidateAsync(cancellationToken).ConfigureAwait(false) : null;
                    talks = await _checker.SendAsync(reply ?? new(FrameKind.Gone, default), cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    talks = false;
                    break;
            }
        }

        SandboxExit exit = lost ?? await ExitOfAsync(_checker, cancellationToken).ConfigureAwait(false);
        await ClearAsync().ConfigureAwait(false);
        return ExitWords.Died(text, exit, lost is null ? TheTest : TheProgram);
    }

    /// <summary>Ends both processes; the next test gets new ones.</summary>
    internal async ValueTask ClearAsync()
    {
        await EndAsync(ref _checker).ConfigureAwait(false);
        await EndAsync(ref _candidate).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ClearAsync();

    private static ValueTask EndAsync(ref FrameChannel? channel) => Interlocked.Exchange(ref channel, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task SeatAsync(SandboxCommand command, ReadOnlyMemory<byte> program, Action<FrameChannel> keep, CancellationToken cancellationToken)
    {
        var channel = new FrameChannel(await sandbox.StartAsync(command, cancellationToken).ConfigureAwait(false));
        keep(channel);

        // A process that takes nothing is found out by the first test.
        await channel.SendAsync(new(FrameKind.Program, program), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Frame?> AskAsync(Frame call, CancellationToken cancellationToken) =>
        await _candidate!.SendAsync(call, cancellationToken).ConfigureAwait(false)
        && await _candidate.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { Kind: FrameKind.Reply } reply
            ? reply
            : null;

    private async ValueTask<SandboxExit> LoseCandidateAsync(CancellationToken cancellationToken)
    {
        SandboxExit exit = await ExitOfAsync(_candidate!, cancellationToken).ConfigureAwait(false);
        await EndAsync(ref _candidate).ConfigureAwait(false);
        return exit;
    }

    /// <summary>How a process that has stopped talking ended; one that runs on in silence is ended here.</summary>
    private async ValueTask<SandboxExit> ExitOfAsync(FrameChannel channel, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_grace, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await channel.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(SandboxEnd.Disposed, ExitCode: null, ErrorOutput: "");
        }
    }
}
