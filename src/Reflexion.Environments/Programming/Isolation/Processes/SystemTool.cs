namespace Reflexion.Environments;

/// <summary>Programs of the system, found where systems keep them: the host's PATH has no say.</summary>
internal static class SystemTool
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static string Require(string name) => Find(name)
        ?? throw new SandboxException($"The system has no '{name}', which is part of util-linux. Install the package util-linux.");
}
