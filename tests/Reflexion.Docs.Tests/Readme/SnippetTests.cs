namespace Reflexion.Tests;

public sealed class SnippetTests
{
    private const string Markdown =
        """
        # Title

        ```csharp
        Console.WriteLine(1);
        ```

        <!-- snippet: needs chat, task -->
        ```csharp
        Console.WriteLine(2);
        ```

        ```sh
        dotnet test
        ```

        - In a list:

          ```csharp
          Console.WriteLine(3);
          ```
        """;

    [Fact]
    public void Blocks_of_csharp_are_found_with_their_line_and_what_they_need() =>
        ReadmeSnippets.In(Markdown).Should().BeEquivalentTo(
            [
                new Snippet(3, "Console.WriteLine(1);", []),
                new Snippet(8, "Console.WriteLine(2);", ["chat", "task"]),
                new Snippet(18, "Console.WriteLine(3);", []),
            ],
            options => options.WithStrictOrdering());

    [Fact]
    public void A_broken_snippet_is_reported_with_its_line_and_code() =>
        SnippetCompiler.Compile(new(42, "int x = 1;\nx.Vanish();", []), new MemoryStream()).Should().ContainSingle()
            .Which.Should().StartWith("README.md, block of line 42: CS1061").And.EndWith("in 'x.Vanish();'");

    [Theory]
    [InlineData("public sealed record Point(int X, int Y);")]
    [InlineData("using Reflexion;\n\nvar task = AgentTask.FromInstruction(\"Say hello.\");\nConsole.WriteLine(task.Id);")]
    [InlineData("await Task.Yield();\n\nsealed class Late;")]
    public void Types_statements_and_programs_compile(string code) =>
        SnippetCompiler.Compile(new(1, code, []), new MemoryStream()).Should().BeEmpty();

    [Fact]
    public async Task A_program_runs_and_what_it_wrote_is_seen()
    {
        using MemoryStream assembly = new();
        SnippetCompiler.Compile(new(1, "await Task.Yield();\nConsole.WriteLine(6 * 7);", []), assembly).Should().BeEmpty();

        (await SnippetRun.RunAsync(assembly)).Trim().Should().Be("42");
    }

    [Fact]
    public async Task What_a_program_throws_is_thrown()
    {
        using MemoryStream assembly = new();
        SnippetCompiler.Compile(new(1, "await Task.Yield();\nthrow new TimeoutException();", []), assembly).Should().BeEmpty();

        await FluentActions.Awaiting(() => SnippetRun.RunAsync(assembly)).Should().ThrowAsync<TimeoutException>();
    }
}
