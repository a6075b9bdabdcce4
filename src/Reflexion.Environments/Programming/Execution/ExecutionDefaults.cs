namespace Reflexion.Environments;

/// <summary>What the languages share in their options.</summary>
internal static class ExecutionDefaults
{
    /// <summary>A process serves all the tests of a run, so it has more than one test may take.</summary>
    internal static SandboxLimits Limits { get; } = new()
    {
        WallClock = TimeSpan.FromSeconds(60),
        CpuTime = TimeSpan.FromSeconds(60),
        OutputBytes = 64 << 20,
    };

    internal static void Validate(TimeSpan testTimeout, TimeSpan hiddenTestTimeout, SandboxLimits limits, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(testTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hiddenTestTimeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
    }
}
