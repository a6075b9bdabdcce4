namespace Reflexion.Tests;

/// <summary>A C# file of the repository.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public static IEnumerable<SourceFile> All() => Under("src").Concat(Under("tests")).Concat(Under("samples"));

    public static IEnumerable<SourceFile> Under(params string[] folder) =>
        Repository.FilesUnder(folder).Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, File.ReadAllLines(Repository.PathOf(path))));
}
