using Markdig;
using Markdig.Syntax;

namespace Reflexion.Tests;

/// <summary>Finds the C# blocks of a Markdown text.</summary>
internal static class ReadmeSnippets
{
    public static IReadOnlyList<Snippet> InReadme() => In(File.ReadAllText(Repository.PathOf("README.md")));

    public static IReadOnlyList<Snippet> In(string markdown) =>
    [
        .. Markdown.Parse(markdown).Descendants<FencedCodeBlock>()
            .Where(block => block.Info == "csharp")
            .Select(block => new Snippet(block.Line + 2, block.Lines.ToString())),
    ];
}
