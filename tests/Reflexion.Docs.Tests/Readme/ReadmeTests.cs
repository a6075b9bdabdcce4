namespace Reflexion.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Every_snippet_compiles() =>
        ReadmeSnippets.InReadme().SelectMany(snippet => SnippetCompiler.Compile(snippet, new MemoryStream())).Should().BeEmpty();

    [Fact]
    public async Task The_first_snippet_runs_by_itself()
    {
        Snippet first = ReadmeSnippets.InReadme().Should().NotBeEmpty("README.md starts with code").And.Subject.First();
        using MemoryStream assembly = new();

        first.Needs.Should().BeEmpty("users paste it into an empty project");
        SnippetCompiler.Compile(first, assembly).Should().BeEmpty();
        (await SnippetRun.RunAsync(assembly)).Should().NotBeNullOrWhiteSpace("it shows what it did");
    }

    [Fact]
    public void Every_preamble_is_needed_by_a_snippet() =>
        Directory.GetFiles(Repository.PathOf("tests", "Reflexion.Docs.Tests", "Preambles")).Select(path => Path.GetFileNameWithoutExtension(path))
            .Should().BeSubsetOf(ReadmeSnippets.InReadme().SelectMany(snippet => snippet.Needs));
}
