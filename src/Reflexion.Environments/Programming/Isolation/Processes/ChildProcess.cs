using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace Reflexion.Environments;

/// <summary>Starts processes that inherit nothing but their streams.</summary>
internal static class ChildProcess
{
    public static Process Start(IEnumerable<string> program, ImmutableDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.FileName = program.First();
        foreach (var argument in program.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new SandboxException($"'{start.FileName}' cannot be started: {failure.Message}. Check that it is a program and may be executed, that its arguments are not too long, and that the machine has room for another process.", failure);
        }
    }
}
