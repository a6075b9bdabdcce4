using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Reflexion.Environments;

/// <summary>A root of read-only folders, held open for programs to enter. No process holds it: it goes when the host goes.</summary>
internal sealed class NamespaceRoot : IDisposable
{
    private const string Nobody = "65534";

    private readonly SafeFileHandle _mounts;
    private readonly SafeFileHandle? _users;
    private readonly SafeFileHandle _alive;

    private NamespaceRoot(SafeFileHandle mounts, SafeFileHandle? users, SafeFileHandle alive)
    {
        _mounts = mounts;
        _users = users;
        _alive = alive;
    }

    /// <summary>The command that enters it, as a user without any rights.</summary>
    public ImmutableArray<string> Enter => _users is null
        ? [SystemTool.Require("nsenter"), $"--mount={PathOf(_mounts)}", $"--setgid={Nobody}", $"--setuid={Nobody}"]
        : [SystemTool.Require("nsenter"), "--preserve-credentials", $"--user={PathOf(_users)}", $"--mount={PathOf(_mounts)}"];

    public static async Task<NamespaceRoot> BuildAsync(ImmutableArray<string> folders, long folderBytes)
    {
        var asRoot = Environment.IsPrivilegedProcess;
        if (asRoot && folders.FirstOrDefault(IsForOwnersOnly) is { } closed)
        {
            throw new SandboxException($"The readable folder '{closed}' is open to its owner or group only, and programs started by root run as a user without rights. Let others read it: chmod o+rx.");
        }

        ImmutableArray<string> namespaces = asRoot ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
        using var process = ChildProcess.Start(
            [
                SystemTool.Require("unshare"), .. namespaces, "--propagation", "private",
                SystemTool.Require("sh"), "-c", RootScript.Text, "sh", folderBytes.ToString(CultureInfo.InvariantCulture), .. folders,
            ],
            ImmutableDictionary<string, string>.Empty,
            "/");
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await ExpectAsync(process, "open").ConfigureAwait(false);
            var alive = File.OpenHandle($"/proc/{process.Id}/root/.sandbox/host", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            await ContinueAsync(process).ConfigureAwait(false);
            await ExpectAsync(process, "ready").ConfigureAwait(false);
            return new NamespaceRoot(Open(process, "mnt"), asRoot ? null : Open(process, "user"), alive);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            process.Kill();
            var said = await errors.ConfigureAwait(false);
            throw new SandboxException($"A root of read-only folders cannot be set up: {FirstLine(said, exception.Message)}. Allow mount and user namespaces, or run as root.", exception);
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _alive.Dispose();
        _mounts.Dispose();
        _users?.Dispose();
    }

    private static bool IsForOwnersOnly(string folder) =>
        !OperatingSystem.IsWindows() && (~File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) != 0;

    private static async Task ExpectAsync(Process process, string word)
    {
        if (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) != word)
        {
            throw new IOException("the script that sets it up ended early");
        }
    }

    private static async Task ContinueAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync().ConfigureAwait(false);
        await process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    private static SafeFileHandle Open(Process process, string kind) => File.OpenHandle($"/proc/{process.Id}/ns/{kind}");

    private static string PathOf(SafeFileHandle handle) => $"/proc/{Environment.ProcessId}/fd/{handle.DangerousGetHandle()}";

    private static string FirstLine(string said, string otherwise) =>
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(otherwise).TrimEnd('.');
}
