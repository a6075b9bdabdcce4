using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace Reflexion.Tests;

/// <summary>Finds the C# blocks of a Markdown text.</summary>
internal static partial class ReadmeSnippets
{
    public static IReadOnlyList<Snippet> InReadme() => In(File.ReadAllText(Repository.PathOf("README.md")));

    public static IReadOnlyList<Snippet> In(string markdown)
    {
        Block[] blocks = [.. Markdown.Parse(markdown).Descendants<LeafBlock>()];
        return
        [
            .. blocks.Index().Where(block => block.Item is FencedCodeBlock { Info: "csharp" })
                .Select(block => Read((FencedCodeBlock)block.Item, block.Index == 0 ? null : blocks[block.Index - 1])),
        ];
    }

    private static Snippet Read(FencedCodeBlock block, Block? before)
    {
        string comment = before is HtmlBlock html ? html.Lines.ToString() : "";
        string[] needs = Convention().Match(comment) is { Success: true } match
            ? match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        return new(block.Line + 1, block.Lines.ToString(), needs);
    }

    [GeneratedRegex("<!-- snippet: needs (?<names>[^>]+?) -->")]
    private static partial Regex Convention();
}
