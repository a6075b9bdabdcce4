using System.Text.Json.Nodes;

namespace Reflexion.Tests;

public class JsonFieldsTests
{
    private static readonly JsonObject Fields = JsonNode.Parse("""
        {
          "text": " x ", "blank": "  ", "list": ["a", 1, " b ", null, ""], "none": null, "object": {},
          "one": 1, "zero": 0, "two": 2, "quoted": " 0.5 ", "word": "much", "huge": 1e999, "infinite": "Infinity",
          "yes": true, "no": false, "Yes": "YES", "saysNo": "no", "saysTrue": "True", "saysFalse": "false"
        }
        """)!.AsObject();

    [Theory]
    [InlineData("text", "x")]
    [InlineData("TEXT", "x")]
    [InlineData("list", "a\nb")]
    [InlineData("blank", null)]
    [InlineData("none", null)]
    [InlineData("one", null)]
    [InlineData("object", null)]
    [InlineData("absent", null)]
    public void Texts_are_trimmed_and_lists_joined(string name, string? expected) => Fields.Text(name).Should().Be(expected);

    [Theory]
    [InlineData("one", 1.0)]
    [InlineData("quoted", 0.5)]
    [InlineData("word", null)]
    [InlineData("huge", null)]
    [InlineData("infinite", null)]
    [InlineData("none", null)]
    [InlineData("yes", null)]
    [InlineData("absent", null)]
    public void Numbers_are_finite_and_may_be_quoted(string name, double? expected) => Fields.Number(name).Should().Be(expected);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    [InlineData("saysNo", false)]
    [InlineData("saysTrue", true)]
    [InlineData("saysFalse", false)]
    [InlineData("one", true)]
    [InlineData("zero", false)]
    [InlineData("two", null)]
    [InlineData("word", null)]
    [InlineData("list", null)]
    [InlineData("none", null)]
    [InlineData("absent", null)]
    public void Truth_values_may_be_words_or_digits(string name, bool? expected) => Fields.Flag(name).Should().Be(expected);
}
