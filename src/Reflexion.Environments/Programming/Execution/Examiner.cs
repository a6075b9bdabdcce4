using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>
/// Puts tests to a program so that the program cannot forge a verdict: the tests run in one sandboxed process, the program in
/// another, and the host carries each call from the one to the other. A verdict is taken from the tests' process alone, so
/// whatever the program does to its own process (exit early, patch what it finds, print what a success looks like) changes no
/// more than the values it returns.
/// </summary>
/// <remarks>A process that dies or runs out of time is replaced before the next test. Safe to share; no two runs share a process.</remarks>
internal sealed class Examiner(ISandbox sandbox, HarnessCommands commands, TimeProvider time)
{
    internal async ValueTask<ImmutableArray<TestResult>> RunAsync(ExamPaper paper, CancellationToken cancellationToken)
    {
        var room = new ExamRoom(sandbox, commands, paper, time);
        await using (room.ConfigureAwait(false))
        {
            var results = ImmutableArray.CreateBuilder<TestResult>(paper.Tests.Length);
            foreach ((string text, ReadOnlyMemory<byte> body) in paper.Tests)
            {
                await room.SeatAsync(cancellationToken).ConfigureAwait(false);
                results.Add(await RunAsync(room, text, new(FrameKind.Test, body), paper.TestTimeout, cancellationToken).ConfigureAwait(false));
            }

            return results.MoveToImmutable();
        }
    }

    private async ValueTask<TestResult> RunAsync(ExamRoom room, string text, Frame test, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await room.RunAsync(text, test, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await room.ClearAsync().ConfigureAwait(false);
            return new(text, TestOutcome.TimedOut) { Detail = ExitWords.TimedOut(timeout) };
        }
    }
}
