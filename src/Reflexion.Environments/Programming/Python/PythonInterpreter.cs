using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace Reflexion.Environments;

/// <summary>A Python interpreter on this machine: the program itself, not a script that looks for one.</summary>
/// <param name="Executable">Its absolute path.</param>
/// <param name="Folders">Where its own files lie.</param>
internal sealed record PythonInterpreter(string Executable, ImmutableArray<string> Folders)
{
    private const string Question =
        "import os, sys; print('\\n'.join(['%d.%d' % sys.version_info[:2], os.path.realpath(sys.executable), sys.prefix, sys.base_prefix, sys.exec_prefix]))";

    private static readonly Version _oldest = new(3, 10);

    /// <summary>Asks the interpreter of that name who it is. It runs outside a sandbox: what it runs is ours, and a shim needs the user's files.</summary>
    internal static async ValueTask<PythonInterpreter> FindAsync(string? name, CancellationToken cancellationToken)
    {
        string[] names = name is null ? ["python3", "python"] : [name];
        foreach (string candidate in names)
        {
            if (await AskAsync(candidate, cancellationToken).ConfigureAwait(false) is [var version, var executable, .. var folders])
            {
                return Version.Parse(version) >= _oldest
                    ? new(executable, [.. folders.Distinct()])
                    : throw new SandboxException($"'{candidate}' is Python {version}; {_oldest} or newer is needed. Name another one in {nameof(PythonOptions)}.{nameof(PythonOptions.Interpreter)}.");
            }
        }

        throw new SandboxException($"No Python interpreter answers to {string.Join(" or ", names.Select(tried => $"'{tried}'"))}. Install Python, or name its path in {nameof(PythonOptions)}.{nameof(PythonOptions.Interpreter)}.");
    }

    private static async ValueTask<string[]?> AskAsync(string name, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(name, ["-I", "-S", "-c", Question]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using Process asked = Process.Start(start)!;
            asked.StandardInput.Close();
            Task<string> complaint = asked.StandardError.ReadToEndAsync(cancellationToken);
            string answer = await asked.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await complaint.ConfigureAwait(false);
            await asked.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return asked.ExitCode == 0 ? answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
