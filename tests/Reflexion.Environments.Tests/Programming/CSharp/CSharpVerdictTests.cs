using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>What is said of C# programs, and what crosses between a test and a program.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class CSharpVerdictTests(Programs programs)
{
    private static readonly ProgrammingProblem _add = Problems.CSharp("Assert.Equal(3, Solution.Add(1, 2)); Assert.Equal(0, Add(-1, 1));", "public static int Add(int a, int b)", "Add");

    [Fact]
    public async Task A_right_method_passes()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "public static class Solution { public static int Add(int a, int b) => a + b; }", default);

        run.Tests.Should().Equal(new TestResult(_add.HiddenTest, TestOutcome.Passed) { Actual = "0" });
        run.Passed.Should().BeTrue();
    }

    [Fact]
    public async Task A_method_of_an_object_or_of_a_class_of_another_name_is_found()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "namespace Mine; public class Adder { int Add(int a, int b) => a + b; }", default);

        run.Passed.Should().BeTrue();
    }

    [Fact]
    public async Task Each_test_tells_what_came_of_it()
    {
        const string Program = """
            public static class Solution
            {
                static int calls;
                public static int Add(int a, int b)
                {
                    if (a < 0)
                    {
                        throw new ArgumentException("negative");
                    }

                    return a - b + calls++;
                }
            }
            """;
        ImmutableArray<string> tests =
        [
            "Assert.Equal(3, Solution.Add(1, 2));", "Assert.Equal(1, Solution.Add(1, 0));", "Assert.True(Solution.Add(5, 2) == 4);", "Assert.Equal(0, Solution.Add(-1, 1));",
            "Assert.Throws<ArgumentException>(() => Solution.Add(-1, 1));", "Assert.Throws<InvalidOperationException>(() => Solution.Add(1, 1));", "Debug.Assert(Add(1, 1) == 0);",
        ];

        ProgramRun run = await programs.CSharp.RunTestsAsync(_add, Program, tests, default);

        run.Tests.Select(test => (test.Outcome, test.Actual, test.Detail)).Should().Equal(
            (TestOutcome.Failed, "-1", "expected 3"),
            (TestOutcome.Passed, "1", null),
            (TestOutcome.Failed, "3", "the condition does not hold"),
            (TestOutcome.Raised, "ArgumentException: negative (line 8 of the solution)", "ArgumentException: negative (line 8 of the solution)"),
            (TestOutcome.Passed, "ArgumentException: negative (line 8 of the solution)", null),
            (TestOutcome.Failed, "0", "expected a InvalidOperationException"),
            (TestOutcome.Passed, "0", null));
    }

    [Fact]
    public async Task Errors_of_the_compiler_come_with_line_and_column_of_the_program()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "public static class Solution\n{\n    public static int Add(int a, int b) => a +;\n    static string s = 1;\n}\n", default);

        run.Tests.Should().BeEmpty();
        run.Passed.Should().BeFalse();
        run.Fault.Should().Be("The program does not compile:\nline 3, column 47: CS1525: Invalid expression term ';'\nline 4, column 23: CS0029: Cannot implicitly convert type 'int' to 'string'");
    }

    [Fact]
    public async Task A_program_without_the_method_says_so()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "public static class Solution { public static int Sub(int a, int b) => a - b; }", default);

        run.Tests[0].Should().BeEquivalentTo(new { Outcome = TestOutcome.Raised, Detail = "MissingMethodException: The program has no method Add with 2 parameters." });
    }

    public static TheoryData<string, string> Values => new()
    {
        { "int[]", "new[] { 1, -2 }" }, { "List<string>", "new List<string> { \"a\", null, \"\\\"\\n\" }" }, { "long?", "(long?)null" }, { "long?", "(long?)long.MinValue" }, { "double[]", "new[] { 0.1, double.NaN, double.PositiveInfinity }" },
        { "string", "\"\"" }, { "char", "'\\''" }, { "bool", "true" }, { "decimal", "1.10m" }, { "BigInteger", "BigInteger.Pow(7, 100)" }, { "(int, string)[]", "new[] { (1, \"x\") }" },
        { "Dictionary<string, List<int>>", "new Dictionary<string, List<int>> { [\"k\"] = [1, 2] }" }, { "HashSet<int>", "new HashSet<int> { 3, 1 }" }, { "IEnumerable<int>", "Enumerable.Range(1, 5)" },
        { "IReadOnlyDictionary<char, int>", "new Dictionary<char, int> { ['a'] = 1 }" }, { "Stack<int>", "new Stack<int>([1, 2, 3])" }, { "Queue<int>", "new Queue<int>([1, 2])" }, { "SortedSet<int>", "new SortedSet<int> { 2, 1 }" },
        { "int[][]", "new[] { new[] { 1 }, new int[0] }" }, { "int[,]", "new[,] { { 1, 2, 3 }, { 4, 5, 6 } }" }, { "DateTime", "new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc)" }, { "TimeSpan", "TimeSpan.FromTicks(5)" }, { "DayOfWeek", "DayOfWeek.Friday" },
        { "KeyValuePair<int, int>", "new KeyValuePair<int, int>(1, 2)" }, { "object", "\"text\"" }, { "Tuple<int, int>", "Tuple.Create(1, 2)" }, { "StringBuilder", "new StringBuilder(\"x\")" }, { "Int128", "Int128.MaxValue" },
    };

    [Fact]
    public async Task Values_come_back_as_they_went()
    {
        foreach (object[] value in Values)
        {
            string type = (string)value[0];
            string equal = type == "StringBuilder" ? "Assert.Equal(\"x\", Solution.F(v).ToString());" : "Assert.Equal(v, Solution.F(v));";
            ProgrammingProblem problem = Problems.CSharp($"{type} v = {value[1]}; {equal}", $"public static {type} F({type} x)");

            ProgramRun run = await programs.CSharp.RunHiddenTestAsync(problem, $"public static class Solution {{ public static {type} F({type} x) => x; }}", default);

            run.Tests.Select(test => (test.Outcome, test.Detail)).Should().Equal([(TestOutcome.Passed, null)], type);
        }
    }

    [Fact]
    public async Task Changes_to_arguments_are_seen()
    {
        ProgrammingProblem problem = Problems.CSharp(
            """
            int[] a = [2, 1]; List<int> l = [1]; var d = new Dictionary<int, int> { [1] = 1 }; HashSet<int> s = [1]; var q = new Queue<int>([1]); var t = new Stack<int>([1, 2]);
            Solution.Change(a, l, d, s, q, t);
            Assert.Equal(new[] { 1, 2 }, a); Assert.Equal(new[] { 1, 5 }, l); Assert.Equal(new Dictionary<int, int> { [2] = 2 }, d); Assert.Equal(new HashSet<int> { 7 }, s); Assert.Equal(new[] { 1, 9 }, q); Assert.Equal(new[] { 3, 2, 1 }, t);
            """,
            "public static void Change(int[] a, List<int> l, Dictionary<int, int> d, HashSet<int> s, Queue<int> q, Stack<int> t)",
            "Change");

        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(
            problem, "public static class Solution { public static void Change(int[] a, List<int> l, Dictionary<int, int> d, HashSet<int> s, Queue<int> q, Stack<int> t) { Array.Sort(a); l.Add(5); d.Clear(); d[2] = 2; s.Clear(); s.Add(7); q.Enqueue(9); t.Push(3); } }", default);

        run.Tests.Select(test => (test.Outcome, test.Detail)).Should().Equal((TestOutcome.Passed, null));
    }

    [Fact]
    public void Prompts_that_declare_no_such_method_are_refused()
    {
        Action body = () => programs.CSharp.ReadProgram(Problems.CSharp("", "just words"), "return 1;");
        Action generic = () => programs.CSharp.ReadProgram(Problems.CSharp("", "public static T F<T>(T x)"), "return 1;");

        body.Should().Throw<ArgumentException>().WithMessage("The prompt of 'c' does not end in the declaration of a method F.*");
        generic.Should().Throw<ArgumentException>().WithMessage("The method of 'c' has type parameters*");
    }

    [Fact]
    public async Task A_hidden_test_that_does_not_compile_is_the_problems_fault()
    {
        Func<Task> run = async () => await programs.CSharp.RunHiddenTestAsync(Problems.CSharp("Assert.Equal(1, Nothing());"), "public static class Solution { public static int F(int x) => x; }", default);

        (await run.Should().ThrowAsync<ArgumentException>()).WithMessage("The tests of 'c' do not compile. *CS0103*");
    }

    [Fact]
    public void A_folder_without_a_runtime_is_named()
    {
        Action create = () => _ = new CSharpLanguage(programs.Sandbox, new() { DotnetRoot = "/no/such" });

        create.Should().Throw<SandboxException>().WithMessage("No .NET 10 runtime was found in /no/such. Install it, or name its folder in CSharpOptions.DotnetRoot.");
    }
}
