using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Ends a program by ending the first process of its namespaces: the kernel ends all the others, and only then is that one gone.</summary>
internal static class NamespaceKill
{
    public static void Kill(Process process)
    {
        try
        {
            if (process.HasExited)
            {
                return;
            }

            using var first = FirstOf(process);
            (first ?? process).Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
    }

    private static Process? FirstOf(Process process)
    {
        var path = $"/proc/{process.Id}/task/{process.Id}/children";
        var children = File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return children is [var first, ..] ? Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture)) : null;
    }
}
