using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace Reflexion.Environments;

/// <summary>Hands a starting program its files and waits until its namespaces stand.</summary>
internal static class InitHandshake
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <remarks>Not cut short by a cancellation: until the namespaces stand, ending them could miss their first process.</remarks>
    public static async Task CompleteAsync(Process process, ImmutableDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var ready = ReadyAsync(process, patience.Token);
            await WriteAsync(process, files, patience.Token).ConfigureAwait(false);
            await ready.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            NamespaceKill.Kill(process);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            process.Dispose();
            throw;
        }
    }

    private static async Task WriteAsync(Process process, ImmutableDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var content in files.Values)
            {
                await process.StandardInput.BaseStream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // It ended early, or takes too long: who waits for its word says why.
        }
    }

    private static async Task ReadyAsync(Process process, CancellationToken cancellationToken)
    {
        var errors = process.StandardError.BaseStream;
        var said = new byte[4096];
        var length = 0;
        try
        {
            while (length < said.Length && await errors.ReadAsync(said.AsMemory(length, length == 0 ? 1 : said.Length - length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (said[0] == InitScript.Ready)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException slow)
        {
            throw new SandboxException($"The namespaces of a program did not stand after {Patience.TotalSeconds} s. The machine may be overloaded: start fewer programs at once.", slow);
        }

        throw new SandboxException($"The namespaces of a program cannot be set up: {Encoding.UTF8.GetString(said, 0, length).Trim()}. Files larger than the working folder? Namespaces refused?");
    }
}
