using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Lets a language's own parser, in a sandbox, find the tests in texts that a model wrote.</summary>
internal sealed class TestAnalysis(ISandbox sandbox, SandboxCommand checker, TimeSpan timeout, TimeProvider time)
{
    /// <summary>The tests found; none where the texts defeat the parser.</summary>
    internal async ValueTask<ImmutableArray<string>> RunAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var channel = new FrameChannel(await sandbox.StartAsync(checker, cancellationToken).ConfigureAwait(false));
        await using (channel.ConfigureAwait(false))
        {
            try
            {
                return await channel.SendAsync(new(FrameKind.Analyse, request), limit.Token).ConfigureAwait(false)
                    && await channel.ReceiveAsync(limit.Token).ConfigureAwait(false) is { Kind: FrameKind.Verdict } answer
                        ? Read(answer.Body)
                        : [];
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return [];
            }
        }
    }

    private static ImmutableArray<string> Read(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument found = JsonDocument.Parse(answer);
        return [.. found.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.GetString()!)];
    }
}
