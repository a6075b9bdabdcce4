using System.ComponentModel;
using System.Diagnostics;

namespace Reflexion.Tests;

/// <summary>Whether this system lets the tests make namespaces, found out without the code under test.</summary>
internal static class Namespaces
{
    private static readonly Lazy<bool> Allowed = new(Try);

    public static bool AreAllowed => Allowed.Value;

    private static bool Try()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "--pid", "--net", "--fork", "--mount-proc", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
