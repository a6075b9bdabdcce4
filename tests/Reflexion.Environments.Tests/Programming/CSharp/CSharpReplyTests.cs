using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

[Collection(ProgramsCollection.Name)]
public sealed class CSharpReplyTests(Programs programs)
{
    private static readonly ProgrammingProblem _add = Problems.CSharp("", "public static int Add(int a, int b)", "Add");

    public static TheoryData<string, string> Replies => new()
    {
        { "Sure:\n```csharp\npublic static int Add(int a, int b)\n{\n    return a + b;\n}\n```\nDone.", "public static class Solution\n{\npublic static int Add(int a, int b)\n{\n    return a + b;\n}\n}\n" },
        { "```cs\nusing System.Linq;\n\npublic static class Solution\n{\n    public static int Add(int a, int b) => a + b;\n}\n```", "using System.Linq;\n\npublic static class Solution\n{\n    public static int Add(int a, int b) => a + b;\n}\n" },
        { "```csharp\nusing System.Text;\nint Add(int a, int b) => a + b;\n```", "using System.Text;\npublic static class Solution\n{\nint Add(int a, int b) => a + b;\n}\n" },
        { "```csharp\nreturn a + b;\n```", "public static class Solution\n{\n/// <summary>Does it.</summary>\npublic static int Add(int a, int b)\n{\nreturn a + b;\n}\n}\n" },
        { "The method is this one\n\npublic static int Add(int a, int b) => a + b;\n\nIt adds.", "public static class Solution\n{\npublic static int Add(int a, int b) => a + b;\n}\n" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_program_is_found_in_a_reply_and_found_again_in_itself(string reply, string program)
    {
        programs.CSharp.ReadProgram(_add, reply).Should().Be(program);
        programs.CSharp.ReadProgram(_add, program).Should().Be(program);
    }

    [Fact]
    public void Prose_alone_is_no_program() => programs.CSharp.ReadProgram(_add, "I cannot do that").Should().BeNull();

    [Fact]
    public async Task Tests_are_found_once_each_where_they_compile()
    {
        const string Reply = """
            ```csharp
            [Fact]
            public void Adds()
            {
                Assert.Equal(3, Solution.Add(1, 2));
                Assert.Equal(3,   Solution.Add(1, 2)); // again
                var x = 5;
                Assert.Equal(6, Solution.Add(x, 1));
                Assert.True(
                    Solution.Add(0, 0) == 0);
                Assert.Equal("3", Solution.Add("1", 2));
                Assert.Equal(2, 1 + 1);
                Assert.Equal(1, Add(0, 1))
            }
            Debug.Assert(Add(2, 2) == 4);
            ```
            """;

        ImmutableArray<string> tests = await programs.CSharp.ReadTestsAsync(_add, Reply, default);

        tests.Should().Equal("Assert.Equal(3, Solution.Add(1, 2));", "Assert.True(Solution.Add(0, 0) == 0);", "Debug.Assert(Add(2, 2) == 4);");
    }
}
