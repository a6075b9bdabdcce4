namespace Reflexion.Environments;

/// <summary>Chooses how programs are started here.</summary>
internal static class ProcessLaunchers
{
    public static async ValueTask<IProcessLauncher> StrongestAsync(ProcessSandboxOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new PlainLauncher("Namespaces need Linux.");
        }

        if (options.WithoutNamespaces)
        {
            return new PlainLauncher("Namespaces were not wanted.");
        }

        try
        {
            return await NamespaceLauncher.CreateAsync(options.FolderBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException refusal)
        {
            return new PlainLauncher(refusal.Message);
        }
    }
}
