using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class ProgrammingProblemsTests
{
    [Fact]
    public async Task Both_formats_are_read()
    {
        using var folder = new TemporaryFolder();
        string path = await WriteAsync(
            folder,
            """{"task_id":"H/1","prompt":"def f():\n","entry_point":"f","canonical_solution":"    return 1\n","test":"def check(candidate):\n    assert candidate() == 1\n"}""",
            "",
            """{"name":"mbpp_1_g","language":"py","prompt":"def g():\n","entry_point":"g","test":"t","stop_tokens":[]}""",
            """{"name":"mbpp_2_h","language":"rs","prompt":"fn h() {\n","entry_point":"h","test":"t"}""");

        IReadOnlyList<ProgrammingProblem> problems = await ProgrammingProblems.LoadAsync(path);

        problems.Select(problem => (problem.Id, problem.Language, problem.EntryPoint, problem.CanonicalSolution)).Should().Equal(
            ("H/1", "python", "f", "    return 1\n"), ("mbpp_1_g", "python", "g", null), ("mbpp_2_h", "rs", "h", null));
    }

    [Theory]
    [InlineData("""{"task_id":"a","prompt":"p","entry_point":"f"}""", "problems.jsonl, line 1: 'test' is missing or blank; a problem has an id, a prompt, an entry point and a test.")]
    [InlineData("""{"prompt":"p","entry_point":"f","test":"t"}""", "problems.jsonl, line 1: 'task_id or name' is missing or blank; a problem has an id, a prompt, an entry point and a test.")]
    [InlineData("""[]""", "problems.jsonl, line 1: the line cannot be read: *")]
    public async Task A_line_that_is_no_problem_is_named(string line, string message)
    {
        using var folder = new TemporaryFolder();
        string path = await WriteAsync(folder, line);

        Func<Task> load = async () => await ProgrammingProblems.LoadAsync(path);

        (await load.Should().ThrowAsync<DatasetFormatException>()).WithMessage("*" + message);
    }

    [Fact]
    public async Task An_id_that_occurs_twice_is_named()
    {
        using var folder = new TemporaryFolder();
        const string Line = """{"task_id":"a","prompt":"p","entry_point":"f","test":"t"}""";
        string path = await WriteAsync(folder, Line, Line);

        Func<Task> load = async () => await ProgrammingProblems.LoadAsync(path);

        (await load.Should().ThrowAsync<DatasetFormatException>()).WithMessage("*problems.jsonl, line 2: the id 'a' occurs for a second time; each problem has one of its own.");
    }

    [SharedFact("data/mbpp-rs.jsonl")]
    public async Task Problems_in_a_language_that_is_not_given_are_refused()
    {
        IReadOnlyList<ProgrammingProblem> problems = await ProgrammingProblems.LoadAsync(SharedFolder.PathOf("data/mbpp-rs.jsonl"));

        Action create = () => _ = new ProgrammingDomain(problems, [new StubLanguage("python")]);

        create.Should().Throw<ArgumentException>().WithMessage("Problem '*' is written in 'rs', and the languages given are 'python'. Leave the problem out, or give an IProgrammingLanguage of that name.*");
        new ProgrammingDomain(problems, [new StubLanguage("rs")]).Tasks.Should().HaveCount(problems.Count);
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder, params string[] lines)
    {
        string path = Path.Combine(folder.Path, "problems.jsonl");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }
}
