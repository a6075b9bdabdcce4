using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

[Collection(ProgramsCollection.Name)]
public sealed class PythonReplyTests(Programs programs)
{
    private static readonly ProgrammingProblem _problem = Problems.Python("check", "import math\n\ndef add(a, b):\n    \"\"\"Adds.\"\"\"\n", "add");

    public static TheoryData<string, string> Replies => new()
    {
        { "Here you are:\n```python\ndef add(a, b):\n    return a + b\n```\nIt adds.", "import math\n\ndef add(a, b):\n    return a + b\n" },
        { "def add(a, b):\n    return a + b", "import math\n\ndef add(a, b):\n    return a + b\n" },
        { "Sure!\ndef add(a, b):\n\n    return a + b\n\nThis adds the two numbers.", "import math\n\ndef add(a, b):\n\n    return a + b\n" },
        { "```\nreturn a + b\n```", "import math\n\ndef add(a, b):\n    \"\"\"Adds.\"\"\"\n    return a + b\n" },
        { "    c = a\n    return c + b", "import math\n\ndef add(a, b):\n    \"\"\"Adds.\"\"\"\n    c = a\n    return c + b\n" },
        { "c = a\n    return c + b", "import math\n\ndef add(a, b):\n    \"\"\"Adds.\"\"\"\n    c = a\n    return c + b\n" },
        { "<think>def add(a, b): no</think>```py\nimport math\n\ndef add(a, b):\n    return b + a\n```", "import math\n\ndef add(a, b):\n    return b + a\n" },
        { "First:\n```python\ndef add(a, b):\n    return 1\n```\nBetter:\n```python\ndef add(a, b):\n    return 2\n```\nUse it so:\n```python\nadd(1, 2)\n```", "import math\n\ndef add(a, b):\n    return 2\n" },
        { "```python\ndef add(a, b):\n    return a +", "import math\n\ndef add(a, b):\n    return a +\n" },
        { "add = lambda a, b: a + b", "import math\n\nadd = lambda a, b: a + b\n" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_program_is_found_in_a_reply_and_found_again_in_itself(string reply, string program)
    {
        programs.Python.ReadProgram(_problem, reply).Should().Be(program);
        programs.Python.ReadProgram(_problem, program).Should().Be(program);
    }

    [Fact]
    public void An_empty_reply_holds_no_program() => programs.Python.ReadProgram(_problem, " \n ").Should().BeNull();

    [Fact]
    public async Task Tests_are_found_once_each_where_they_are_sound()
    {
        const string Reply = """
            These should do:
            ```python
            import pytest
            assert add(1, 2) == 3
            assert add(1,2)==3  # again
            assert add(
                -1,
                1,
            ) == 0, "zero"
            assert math.isclose(add(0.1, 0.2), 0.3)
            x = 5
            assert add(x, 1) == 6
            assert 1 + 1 == 2
            def test_more():
                assert add(a=2, b=2) == 4
                assert all(add(i, 0) == i for i in range(3))
            ```
            """;

        ImmutableArray<string> tests = await programs.Python.ReadTestsAsync(_problem, Reply, default);

        tests.Should().BeEquivalentTo(
            "assert add(1, 2) == 3", "assert add(-1, 1) == 0", "assert math.isclose(add(0.1, 0.2), 0.3)", "assert add(a=2, b=2) == 4", "assert all((add(i, 0) == i for i in range(3)))");
    }

    [Fact]
    public async Task Tests_are_found_in_text_that_is_not_all_python()
    {
        ImmutableArray<string> tests = await programs.Python.ReadTestsAsync(_problem, "Tests:\nassert add(1, 2) == 3\nassert add(1, == 3\n- and\n  assert add(\n    2, 2) == 4\nassert add(5,", default);

        tests.Should().Equal("assert add(1, 2) == 3", "assert add(2, 2) == 4");
    }

    [Fact]
    public async Task Each_test_tells_what_came_of_it()
    {
        ImmutableArray<string> tests =
        [
            "assert add(1, 2) == 3", "assert add(2, 2) == 5", "assert not add(0, 1)", "assert 7 == add(3, 3)", "assert add(1, 'a') == 1", "assert math.floor(add(1.5, 1)) == 3", "assert add(0, 0)", "assert all([add(1, 1) == 3])",
        ];

        ProgramRun run = await programs.Python.RunTestsAsync(_problem, "def add(a, b):\n    return a + b\n", tests, default);

        run.Tests.Select(test => (test.Outcome, test.Actual, test.Detail)).Should().Equal(
            (TestOutcome.Passed, "3", null),
            (TestOutcome.Failed, "4", null),
            (TestOutcome.Failed, "1", null),
            (TestOutcome.Failed, "6", null),
            (TestOutcome.Raised, "TypeError: unsupported operand type(s) for +: 'int' and 'str' (line 2 of the solution)", "TypeError: unsupported operand type(s) for +: 'int' and 'str' (line 2 of the solution)"),
            (TestOutcome.Failed, "2", null),
            (TestOutcome.Failed, "0", null),
            (TestOutcome.Failed, "2", null));
    }

    [Fact]
    public async Task A_program_that_does_not_parse_fails_each_test_with_the_reason()
    {
        ProgramRun run = await programs.Python.RunTestsAsync(_problem, "def add(a, b)\n    return a\n", ["assert add(1, 2) == 3"], default);

        run.Tests[0].Should().BeEquivalentTo(new { Outcome = TestOutcome.Raised, Detail = "SyntaxError: expected ':' (solution.py, line 1)" });
    }

    [Fact]
    public async Task A_hidden_test_that_never_calls_the_program_does_not_pass()
    {
        ProgramRun run = await programs.Python.RunHiddenTestAsync(Problems.Python("def check(candidate):\n    assert True\n"), "def f(x): pass\n", default);

        run.Tests[0].Should().BeEquivalentTo(new { Outcome = TestOutcome.Failed, Detail = "The test ended without calling the program." });
    }

    [Fact]
    public async Task A_missing_or_old_interpreter_is_named()
    {
        Func<Task> missing = async () => await PythonLanguage.CreateAsync(programs.Sandbox, new() { Interpreter = "/no/such/python" });
        Func<Task> broken = async () => await PythonLanguage.CreateAsync(programs.Sandbox, new() { Interpreter = "/bin/false" });

        (await missing.Should().ThrowAsync<SandboxException>()).WithMessage("No Python interpreter answers to '/no/such/python'. Install Python, or name its path in PythonOptions.Interpreter.");
        await broken.Should().ThrowAsync<SandboxException>();
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        Func<Task> noTime = async () => await PythonLanguage.CreateAsync(programs.Sandbox, new() { TestTimeout = TimeSpan.Zero });

        await noTime.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }
}
