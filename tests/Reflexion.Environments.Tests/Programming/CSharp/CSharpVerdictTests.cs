using Reflexion.Environments;

namespace Reflexion.Tests;

[Collection(ProgramsCollection.Name)]
public sealed class CSharpVerdictTests(Programs programs)
{
    private static readonly ProgrammingProblem _add = new()
    {
        Id = "add",
        Language = "csharp",
        EntryPoint = "Add",
        Prompt = "/// <summary>Adds.</summary>\npublic static int Add(int a, int b)",
        HiddenTest = "Assert.Equal(3, Solution.Add(1, 2)); Assert.Equal(0, Add(-1, 1));",
    };

    [Fact]
    public async Task A_correct_method_passes()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "public static class Solution { public static int Add(int a, int b) => a + b; }", default);

        run.Tests.Should().Equal(new TestResult(_add.HiddenTest, TestOutcome.Passed) { Actual = "0" });
    }

    [Fact]
    public async Task A_wrong_method_fails_with_its_value()
    {
        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(_add, "public static class Solution { public static int Add(int a, int b) => a - b; }", default);

        run.Tests.Should().Equal(new TestResult(_add.HiddenTest, TestOutcome.Failed) { Actual = "-1", Detail = "expected 3" });
    }
}
