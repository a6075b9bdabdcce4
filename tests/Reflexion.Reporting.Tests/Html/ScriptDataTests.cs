using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public sealed class ScriptDataTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("\"<b>&amp;</b>\"", "\"\\u003cb\\u003e\\u0026amp;\\u003c/b\\u003e\"")]
    [InlineData("\"\u2028 \u2029\"", "\"\\u2028 \\u2029\"")]
    [InlineData("\"– … €\"", "\"– … €\"")]
    [InlineData("\"\\\"\\u0000\"", "\"\\\"\\u0000\"")]
    [InlineData("", "")]
    public void What_a_browser_could_take_for_markup_is_escaped(string json, string escaped) => Escape(json).Should().Be(escaped);

    [Fact]
    public void The_value_stays_the_same_and_no_markup_is_left() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            Gen.Elements<string>(ExperimentSamples.HostileTexts).ToArbitrary(),
            (any, hostile) =>
            {
                string text = new([.. $"{any}{hostile}{any}".Where(letter => !char.IsSurrogate(letter))]);
                string json = JsonSerializer.Serialize(text, Readable);

                string escaped = Escape(json);

                return escaped.IndexOfAny(['<', '>', '&', '\u2028', '\u2029']) < 0 && JsonSerializer.Deserialize<string>(escaped) == text;
            }).QuickCheckThrowOnFailure();

    private static string Escape(string json) => Encoding.UTF8.GetString(ScriptData.Escape(Encoding.UTF8.GetBytes(json)));
}
