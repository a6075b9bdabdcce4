namespace Reflexion.Tests;

public sealed class SnippetTests
{
    private const string Markdown =
        """
        # Title

        ```csharp
        Console.WriteLine(1);
        ```

        ```sh
        dotnet test
        ```

        - In a list:

          ```csharp
          Console.WriteLine(2);
          ```
        """;

    [Fact]
    public void Blocks_of_csharp_are_found_with_their_line() =>
        ReadmeSnippets.In(Markdown).Should().Equal(new Snippet(4, "Console.WriteLine(1);"), new Snippet(14, "Console.WriteLine(2);"));

    [Fact]
    public void An_error_is_reported_with_its_line_of_the_readme() =>
        SnippetCompiler.CompileAlone(new(42, "int x = 1;\nx.Vanish();"), new MemoryStream()).Should().ContainSingle()
            .Which.Should().StartWith("README.md(43): CS1061");

    [Theory]
    [InlineData("public sealed record Point(int X, int Y);")]
    [InlineData("using Reflexion;\n\nvar task = AgentTask.FromInstruction(\"Say hello.\");\nConsole.WriteLine(task.Id);")]
    [InlineData("await Task.Yield();\n\nsealed class Late;")]
    public void Types_statements_and_programs_compile(string code) => SnippetCompiler.CompileAlone(new(1, code), new MemoryStream()).Should().BeEmpty();

    [Fact]
    public void What_is_given_is_there_in_context_and_not_alone()
    {
        Snippet snippet = new(1, "Console.WriteLine(task.Instruction);");

        SnippetCompiler.CompileInContext(snippet).Should().BeEmpty();
        SnippetCompiler.CompileAlone(snippet, new MemoryStream()).Should().ContainSingle().Which.Should().Contain("CS0103");
    }

    [Fact]
    public void What_a_snippet_declares_hides_what_is_given() =>
        SnippetCompiler.CompileInContext(new(1, "string task = \"mine\";\nConsole.WriteLine(task.Length);")).Should().BeEmpty();

    [Fact]
    public async Task A_program_runs_and_what_it_wrote_is_seen()
    {
        using MemoryStream assembly = new();
        SnippetCompiler.CompileAlone(new(1, "await Task.Yield();\nConsole.WriteLine(6 * 7);"), assembly).Should().BeEmpty();

        (await SnippetRun.RunAsync(assembly)).Trim().Should().Be("42");
    }

    [Fact]
    public async Task What_a_program_throws_is_thrown()
    {
        using MemoryStream assembly = new();
        SnippetCompiler.CompileAlone(new(1, "await Task.Yield();\nthrow new TimeoutException();"), assembly).Should().BeEmpty();

        await FluentActions.Awaiting(() => SnippetRun.RunAsync(assembly)).Should().ThrowAsync<TimeoutException>();
    }
}
