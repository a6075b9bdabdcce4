using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using static Reflexion.Tests.ToolCallingHarness;

namespace Reflexion.Tests;

public class ToolResultTextTests
{
    public static TheoryData<object?, string> Results => new()
    {
        { null, "" },
        { " as is ", " as is " },
        { JsonElement.Parse("\"a\\nb\""), "a\nb" },
        { JsonElement.Parse("null"), "" },
        { default(JsonElement), "" },
        { JsonElement.Parse("""{ "a" : [1, "ü<"] }"""), """{"a":[1,"ü<"]}""" },
        { JsonDocument.Parse("[1, 2]"), "[1,2]" },
        { JsonNode.Parse("""{"a": 1}"""), """{"a":1}""" },
        { JsonValue.Create("x"), "x" },
        { new TextContent("text"), "text" },
        { new AIContent[] { new TextContent("one"), new DataContent(new byte[] { 1, 2 }, "image/png"), new TextContent("two") }, "one\n[image/png, 2 bytes]\ntwo" },
        { new DataContent("hé"u8.ToArray(), "text/plain"), "hé" },
        { new UriContent("https://x.org/a.png", "image/png"), "[image/png at https://x.org/a.png]" },
        { new TextReasoningContent("because"), "because" },
        { new ErrorContent("broken"), "broken" },
        { new FunctionResultContent("c", new TextContent("inner")), "inner" },
        { new UsageContent(), "[UsageContent]" },
        { 42, "42" },
        { true, "true" },
        { new[] { 1.5, 2 }, "[1.5,2]" },
        { new Point(1, null), """{"x":1}""" },
        { DayOfWeek.Monday, "\"Monday\"" },
        { new Unserializable(), "I am what I am" },
        { new Nameless(), "" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_of_any_type_is_rendered(object? value, string expected)
    {
        ToolResultText.Render(value, Options()).Should().Be(value is DayOfWeek ? expected.Trim('"') : expected);
    }

    [Fact]
    public async Task Objects_are_written_by_the_functions_own_serializer()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper, WriteIndented = true };
        var tool = new RawFunctionWithOptions(options);

        (await StepOfAsync(tool)).Observation!.Text.Should().Be("""{"UPPER_CASE":1}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task A_result_without_text_says_so(string? nothing)
    {
        (await StepOfAsync(AIFunctionFactory.Create(string? () => nothing, "quiet"))).Observation!.Text.Should().Be("(no output)");
    }

    [Fact]
    public async Task A_method_without_result_has_no_output()
    {
        (await StepOfAsync(AIFunctionFactory.Create(void () => { }, "quiet"))).Should()
            .Match<TrajectoryStep>(step => step.Outcome == StepOutcome.Executed && step.Observation!.Text == "(no output)");
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(5000, 200)]
    public async Task A_long_result_keeps_its_head_and_its_tail(int length, int expected)
    {
        string text = "head" + new string('x', length - 8) + "tail";
        string shown = (await StepOfAsync(AIFunctionFactory.Create(() => text, "long"), options: new() { MaxObservationCharacters = 200 })).Observation!.Text;

        shown.Should().StartWith("head").And.EndWith("tail");
        shown.Length.Should().BeLessThanOrEqualTo(expected);
        (shown == text).Should().Be(length <= 200);
    }

    [Fact]
    public async Task A_long_exception_message_is_shortened_too()
    {
        AIFunction tool = AIFunctionFactory.Create(string () => throw new InvalidOperationException(new string('x', 5000)), "long");

        (await StepOfAsync(tool, options: new() { MaxObservationCharacters = 300 })).Observation!.Text.Length.Should().BeInRange(290, 300);
    }

    private static JsonSerializerOptions Options() => AIJsonUtilities.DefaultOptions;

    private sealed record Point(int X, int? Y);

    private sealed class Unserializable
    {
        public Action Act { get; } = () => { };

        public IntPtr Pointer { get; }

        public override string ToString() => "I am what I am";
    }

    private sealed class Nameless
    {
        public Action Act { get; } = () => { };

        public IntPtr Pointer { get; }

        public override string? ToString() => null;
    }

    private sealed class RawFunctionWithOptions(JsonSerializerOptions options) : AIFunction
    {
        public override string Name => "raw";

        public override JsonSerializerOptions JsonSerializerOptions => options;

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(new { UpperCase = 1 });
    }
}
