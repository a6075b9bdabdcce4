namespace Reflexion.Environments;

/// <summary>How a program in a sandbox ended.</summary>
/// <param name="End">What ended it.</param>
/// <param name="ExitCode">Its exit code; null where it did not exit by itself.</param>
/// <param name="ErrorOutput">What it wrote to its standard error, up to <see cref="SandboxLimits.OutputBytes"/>. Untrusted text.</param>
public sealed record SandboxExit(SandboxEnd End, int? ExitCode, string ErrorOutput);
