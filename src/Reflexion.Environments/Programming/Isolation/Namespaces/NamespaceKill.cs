using System.ComponentModel;
using System.Diagnostics;

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

    private static Process? FirstOf(Process process) =>
        ProcessTree.ChildrenOf(process.Id) is [var first, ..] ? Process.GetProcessById(first) : null;
}
