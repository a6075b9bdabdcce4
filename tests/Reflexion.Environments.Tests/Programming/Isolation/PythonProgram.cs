using System.Collections.Immutable;
using System.Diagnostics;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>The machine's Python, without the shims that may stand before it.</summary>
internal static class PythonProgram
{
    private static readonly Lazy<(string Executable, string Prefix)?> Found = new(Find);

    public static bool IsPresent => Found.Value is not null;

    public static SandboxCommand Command(string code, SandboxLimits? limits = null)
    {
        var (executable, prefix) = Found.Value!.Value;
        return new SandboxCommand
        {
            FileName = executable,
            Arguments = ["-I", "-S", "-B", "-c", code],
            ReadableFolders = prefix == "/usr" ? [] : [prefix],
            Limits = limits ?? new SandboxLimits(),
        };
    }

    private static (string Executable, string Prefix)? Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable)); print(os.path.realpath(sys.base_prefix))"]) { RedirectStandardOutput = true })!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n');
            return (lines[0], lines[1]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
