namespace Reflexion.Environments;

/// <summary>The .NET runtime that runs C# programs.</summary>
/// <param name="Executable">The <c>dotnet</c> executable.</param>
/// <param name="Root">The folder it lies in, with <c>shared</c>.</param>
/// <param name="Framework">The folder of the base framework's assemblies.</param>
/// <param name="Version">The framework's version, such as <c>10.0.1</c>.</param>
internal sealed record DotnetRuntime(string Executable, string Root, string Framework, string Version)
{
    private const string FrameworkName = "Microsoft.NETCore.App";

    /// <summary>Finds the runtime: where told, else that of this process, else as the host itself would look for it.</summary>
    internal static DotnetRuntime Find(string? root)
    {
        string[] roots = root is null ? [.. Roots().OfType<string>().Distinct()] : [root];
        return roots.Select(At).FirstOrDefault(found => found is not null) ?? throw new SandboxException(
            $"No .NET {Environment.Version.Major} runtime was found in {(roots.Length == 0 ? "any place" : string.Join(", ", roots))}. Install it, or name its folder in {nameof(CSharpOptions)}.{nameof(CSharpOptions.DotnetRoot)}.");
    }

    private static IEnumerable<string?> Roots()
    {
        yield return IsDotnet(Environment.ProcessPath) ? FolderOf(Environment.ProcessPath!) : null;
        yield return RootOf(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        yield return Environment.GetEnvironmentVariable("DOTNET_ROOT");
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.Combine(folder, ExecutableName);
            yield return File.Exists(candidate) ? FolderOf(candidate) : null;
        }
    }

    private static string ExecutableName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static bool IsDotnet(string? path) => Path.GetFileNameWithoutExtension(path) == "dotnet";

    /// <summary>The folder of an executable, links followed: what is on the path is often one.</summary>
    private static string FolderOf(string executable) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(executable, returnFinalTarget: true)?.FullName ?? executable)!;

    /// <summary>From <c>ROOT/shared/Microsoft.NETCore.App/VERSION/</c>.</summary>
    private static string? RootOf(string runtimeFolder) =>
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtimeFolder.TrimEnd(Path.DirectorySeparatorChar))));

    private static DotnetRuntime? At(string root)
    {
        string executable = Path.Combine(root, ExecutableName);
        string shared = Path.Combine(root, "shared", FrameworkName);
        if (!File.Exists(executable) || !Directory.Exists(shared))
        {
            return null;
        }

        // Programs are compiled against the very framework they run on, and it is of this process's generation.
        string? framework = Directory.EnumerateDirectories(shared)
            .Where(folder => System.Version.TryParse(Path.GetFileName(folder), out System.Version? version) && version.Major == Environment.Version.Major)
            .MaxBy(folder => System.Version.Parse(Path.GetFileName(folder)));
        return framework is null ? null : new(executable, root, framework, Path.GetFileName(framework));
    }
}
