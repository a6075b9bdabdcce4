using System.Xml.Linq;

namespace Reflexion.Tests;

/// <summary>The repository's files as they lie on disk, without what .gitignore and dot-folders leave out.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static readonly HashSet<string> Ignored =
        [.. File.ReadLines(PathOf(".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.Trim('/'))];

    /// <summary>Debug or Release: the one the tests were built in.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The packages' projects, by name.</summary>
    public static SortedDictionary<string, string> Packages { get; } =
        new(Directory.GetFiles(PathOf("src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileNameWithoutExtension(path)), StringComparer.Ordinal);

    public static TheoryData<string> PackageNames => [.. Packages.Keys];

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static XElement ReadProject(string path) => XDocument.Load(path).Root!;

    /// <summary>The names at the top level, dot-names left out.</summary>
    public static IEnumerable<string> TopLevel() => Entries(Root).Select(entry => entry.Name).Where(name => !name.StartsWith('.'));

    /// <summary>The folders below a folder, relative to it, at any depth.</summary>
    public static IEnumerable<string> FoldersUnder(params string[] parts) =>
        Walk(new(PathOf(parts))).OfType<DirectoryInfo>().Select(folder => Path.GetRelativePath(PathOf(parts), folder.FullName).Replace('\\', '/'));

    /// <summary>The files below a folder, relative to the root, at any depth.</summary>
    public static IEnumerable<string> FilesUnder(params string[] parts) =>
        Walk(new(PathOf(parts))).OfType<FileInfo>().Select(file => Relative(file.FullName));

    private static IEnumerable<FileSystemInfo> Walk(DirectoryInfo folder) =>
        Entries(folder.FullName).SelectMany(entry => entry is DirectoryInfo inner ? Walk(inner).Prepend(inner) : [entry]);

    private static IEnumerable<FileSystemInfo> Entries(string folder) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => entry.Name != ".git" && !Ignored.Contains(entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static string FindRoot(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Reflexion.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {start} holds Reflexion.sln; run the tests from a build inside the repository.");
    }
}
