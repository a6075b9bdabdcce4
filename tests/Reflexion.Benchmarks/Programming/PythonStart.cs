using System.Diagnostics;
using Reflexion.Environments;

namespace Reflexion.Benchmarks;

/// <summary>The machine's Python, without the shims that may stand before it.</summary>
internal sealed record PythonStart(string Executable, string Prefix)
{
    public static PythonStart Find()
    {
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable)); print(os.path.realpath(sys.base_prefix))"]) { RedirectStandardOutput = true })!;
        return new PythonStart(process.StandardOutput.ReadLine()!, process.StandardOutput.ReadLine()!);
    }

    public SandboxCommand Command(params string[] arguments) => new()
    {
        FileName = Executable,
        Arguments = ["-I", "-S", "-B", .. arguments],
        ReadableFolders = Prefix == "/usr" ? [] : [Prefix],
    };

    /// <summary>Runs it as any process is run.</summary>
    public async Task RunBareAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
