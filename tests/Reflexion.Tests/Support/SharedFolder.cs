namespace Reflexion.Tests;

/// <summary>Reference data that lies beside the repository: in REFLEXION_SHARED, or in ../shared as seen from its root.</summary>
internal static class SharedFolder
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("REFLEXION_SHARED") is { Length: > 0 } told
        ? Path.GetFullPath(told)
        : Path.Combine(Repository(), "..", "shared");

    public static bool Holds(string relativePath) => Path.Exists(PathOf(relativePath));

    public static string PathOf(string relativePath) => Path.GetFullPath(Path.Combine(Root, relativePath));

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Reflexion.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
