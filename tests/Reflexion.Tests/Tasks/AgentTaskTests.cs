namespace Reflexion.Tests;

public class AgentTaskTests
{
    [Fact]
    public void The_same_instruction_makes_the_same_id_and_another_one_another()
    {
        AgentTask.FromInstruction("Add.").Should().BeEquivalentTo(AgentTask.FromInstruction("Add."));
        AgentTask.FromInstruction("Add.").Id.Should().MatchRegex("^[0-9a-f]{16}$").And.NotBe(AgentTask.FromInstruction("Subtract.").Id);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("x", " ")]
    [InlineData(null, "x")]
    public void Blank_fields_are_refused(string? id, string instruction) =>
        FluentActions.Invoking(() => new AgentTask(id!, instruction)).Should().Throw<ArgumentException>();
}
