namespace Reflexion.Environments;

/// <summary>How Python programs are run.</summary>
public sealed record PythonOptions
{
    /// <summary>The interpreter: a name on the path or an absolute path; 3.10 or newer. Null (default) for <c>python3</c>, else <c>python</c>.</summary>
    public string? Interpreter { get; init; }

    /// <summary>How long one unit test may take. Default 5 s, as in the public code of Shinn et al. 2023; above zero.</summary>
    public TimeSpan TestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the hidden test may take as a whole. Default 10 s; above zero.</summary>
    public TimeSpan HiddenTestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What each of the two processes of a run may use in all; output includes what a program returns. Default 60 s, 512 MiB, 64 MiB of output.</summary>
    public SandboxLimits Limits { get; init; } = ExecutionDefaults.Limits;

    /// <summary>The clock that times tests. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal PythonOptions Validate()
    {
        ExecutionDefaults.Validate(TestTimeout, HiddenTestTimeout, Limits, Time);
        return this;
    }
}
