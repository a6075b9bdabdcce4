namespace Reflexion.Environments;

/// <summary>How C# programs are run.</summary>
public sealed record CSharpOptions
{
    /// <summary>The folder with the <c>dotnet</c> executable and <c>shared</c>; null (default) for that of this process, else DOTNET_ROOT, else the one on the path.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>How long one unit test may take. Default 5 s; above zero.</summary>
    public TimeSpan TestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the hidden test may take as a whole. Default 10 s; above zero.</summary>
    public TimeSpan HiddenTestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What each of the two processes of a run may use in all; output includes what a program returns. Default 60 s, 512 MiB, 64 MiB of output.</summary>
    public SandboxLimits Limits { get; init; } = ExecutionDefaults.Limits;

    /// <summary>The clock that times tests. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal CSharpOptions Validate()
    {
        ExecutionDefaults.Validate(TestTimeout, HiddenTestTimeout, Limits, Time);
        return this;
    }
}
