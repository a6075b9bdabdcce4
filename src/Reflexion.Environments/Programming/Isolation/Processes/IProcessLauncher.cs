namespace Reflexion.Environments;

/// <summary>One way to start a program that nobody trusts.</summary>
internal interface IProcessLauncher : IAsyncDisposable
{
    SandboxContainment Containment { get; }

    /// <summary>Starts a program and returns when nothing but the program itself is left to run.</summary>
    ValueTask<LaunchedProcess> LaunchAsync(SandboxCommand command, CancellationToken cancellationToken);
}
