namespace Reflexion.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Every_snippet_compiles() =>
        ReadmeSnippets.InReadme().Skip(1).SelectMany(SnippetCompiler.CompileInContext).Should().BeEmpty();

    [Fact]
    public async Task The_first_snippet_runs_by_itself()
    {
        Snippet first = ReadmeSnippets.InReadme().Should().NotBeEmpty("README.md starts with code").And.Subject.First();
        using MemoryStream assembly = new();

        SnippetCompiler.CompileAlone(first, assembly).Should().BeEmpty("users paste it into an empty project");
        (await SnippetRun.RunAsync(assembly)).Should().NotBeNullOrWhiteSpace("it shows what it did");
    }
}
