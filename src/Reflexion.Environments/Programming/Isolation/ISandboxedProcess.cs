namespace Reflexion.Environments;

/// <summary>A program that runs in a sandbox.</summary>
/// <remarks>Disposing it ends the whole tree of its processes, whatever they do about it, and deletes its working folder.</remarks>
public interface ISandboxedProcess : IAsyncDisposable
{
    /// <summary>The program's standard input.</summary>
    Stream Input { get; }

    /// <summary>The program's standard output. It ends when the program does, and after <see cref="SandboxLimits.OutputBytes"/>.</summary>
    Stream Output { get; }

    /// <summary>Waits until the program and all that it started have ended, by themselves or by a limit.</summary>
    /// <param name="cancellationToken">Ends the wait and the program.</param>
    /// <returns>How it ended.</returns>
    ValueTask<SandboxExit> WaitAsync(CancellationToken cancellationToken);
}
