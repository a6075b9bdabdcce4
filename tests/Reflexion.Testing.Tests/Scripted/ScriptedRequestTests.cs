using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class ScriptedRequestTests
{
    private static readonly ScriptedRequest s_request = new(
        1,
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.System, "Be kind."),
            new(ChatRole.User, "Hello"),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "seven")]),
            new(ChatRole.User, "Well?"),
        ],
        new() { Tools = [AIFunctionFactory.Create(() => 1, "one"), AIFunctionFactory.Create(() => 2, "two")] });

    [Fact]
    public void Its_texts_are_at_hand()
    {
        s_request.System.Should().Be("Be brief.\nBe kind.");
        s_request.Last.Should().Be("Well?");
        s_request.Text.Should().Be("system: Be brief.\n\nsystem: Be kind.\n\nuser: Hello\n\ntool: \n\nuser: Well?");
        s_request.Contains("Hello").Should().BeTrue();
        s_request.Contains("hello").Should().BeFalse();
    }

    [Fact]
    public void Its_tools_and_results_are_at_hand()
    {
        s_request.ToolNames.Should().Equal("one", "two");
        s_request.FunctionResults.Should().ContainSingle().Which.Result.Should().Be("seven");
    }

    [Fact]
    public void An_empty_request_has_empty_texts()
    {
        foreach (ScriptedRequest empty in new ScriptedRequest[] { new(1, [], null), new(1, default, null) })
        {
            (empty.System, empty.Last, empty.Text).Should().Be(("", "", ""));
            empty.ToolNames.Should().BeEmpty();
            empty.FunctionResults.Should().BeEmpty();
            empty.Messages.Should().BeEmpty();
        }
    }
}
