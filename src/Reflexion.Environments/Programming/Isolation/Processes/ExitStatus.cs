namespace Reflexion.Environments;

/// <summary>Reads the exit code of a process that ended by itself. As shells do, 128 and a signal's number is a signal.</summary>
internal static class ExitStatus
{
    private const int SignalBase = 128;
    private const int LastSignal = SignalBase + 64;
    private const int Killed = SignalBase + 9;
    private const int CpuTimeExceeded = SignalBase + 24;

    public static SandboxExit Read(int code, TimeSpan elapsed, TimeSpan cpuTime, string errors) => code switch
    {
        CpuTimeExceeded => new SandboxExit(SandboxEnd.CpuTime, null, errors),
        // One that ignores the first warning is killed a second later.
        Killed when elapsed >= cpuTime => new SandboxExit(SandboxEnd.CpuTime, null, errors),
        > SignalBase and <= LastSignal => new SandboxExit(SandboxEnd.Crashed, null, errors),
        _ => new SandboxExit(SandboxEnd.Exited, code, errors),
    };
}
