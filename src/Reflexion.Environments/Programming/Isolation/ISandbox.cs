namespace Reflexion.Environments;

/// <summary>Runs programs that nobody trusts: each in a process of its own, under limits, and cut off from the host as far as the system allows.</summary>
/// <remarks>Thread-safe. Disposing it ends every process it started.</remarks>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>What is kept from the host here, and what is not.</summary>
    SandboxContainment Containment { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="command">What to run, and its limits.</param>
    /// <param name="cancellationToken">Ends the start; a process that runs is ended by disposing it.</param>
    /// <returns>The process, whose clock runs. The caller disposes it.</returns>
    /// <exception cref="SandboxException">The program cannot be started here; the message says why and what to do.</exception>
    ValueTask<ISandboxedProcess> StartAsync(SandboxCommand command, CancellationToken cancellationToken);
}
