using System.Text;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Runs a program in a sandbox to its end.</summary>
internal static class SandboxRuns
{
    /// <summary>Runs it on an input and takes all its output.</summary>
    public static async Task<(SandboxExit Exit, string Output)> RunAsync(this ISandbox sandbox, SandboxCommand command, string input = "", CancellationToken cancellationToken = default)
    {
        await using var process = await sandbox.StartAsync(command, cancellationToken);
        await GiveAsync(process, input);
        using var reader = new StreamReader(process.Output);
        var output = await reader.ReadToEndAsync(cancellationToken);
        return (await process.WaitAsync(cancellationToken), output);
    }

    /// <summary>Writes an input and ends it; a program that ended before may not have read it.</summary>
    public static async Task GiveAsync(ISandboxedProcess process, string input)
    {
        try
        {
            await process.Input.WriteAsync(Encoding.UTF8.GetBytes(input));
            process.Input.Close();
        }
        catch (IOException)
        {
            // The program has ended.
        }
    }
}
