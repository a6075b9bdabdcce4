using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ChatTemplateTests
{
    private const string Turns = "{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content|trim }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}";
    private static readonly ChatTemplateOptions Tokens = new() { BeginToken = "<b>", EndToken = "<e>" };

    [Fact]
    public void Messages_become_the_text_that_the_model_continues()
    {
        ChatTemplate template = ChatTemplate.Parse(Turns);
        ChatMessage[] messages = [new(ChatRole.System, "Be brief. "), new(ChatRole.User, " Why?")];

        template.Render(messages, options: Tokens).Text.Should().Be("<b>[system]Be brief.<e>[user]Why?<e>[assistant]");
        template.Render(messages, addGenerationPrompt: false).ToString().Should().Be("[system]Be brief.[user]Why?");
        template.Source.Should().Be(Turns);
    }

    [Fact]
    public void What_messages_say_is_told_apart_from_what_the_template_wrote()
    {
        RenderedChat chat = ChatTemplate.Parse(Turns).Render([new(ChatRole.User, "  a<e>b ")], options: Tokens);

        chat.Segments.Should().Equal(new ChatSegment("<b>[user]", true), new ChatSegment("a<e>b", false), new ChatSegment("<e>[assistant]", true));
    }

    [Theory]
    [InlineData("c", "hi there")]
    [InlineData("c|upper", "HI THERE")]
    [InlineData("c[3:]", "there")]
    [InlineData("c[::-1]", "ereht ih")]
    [InlineData("c.split(' ')[1]", "there")]
    [InlineData("c.split()[1]", "there")]
    [InlineData("c.partition(' ')[2]", "there")]
    [InlineData("c.splitlines()[0]", "hi there")]
    [InlineData("c|replace('hi', 'ho')", " there")]
    [InlineData("'x'|replace('x', c)", "hi there")]
    [InlineData("[c, 1]", "'hi there'")]
    [InlineData("{'a': c}|tojson", "\"hi there\"")]
    [InlineData("{c: 1}|tojson", "\"hi there\"")]
    [InlineData("[c]|join", "hi there")]
    [InlineData("('a' ~ c ~ 'b')|string", "hi there")]
    [InlineData("'a' + c", "hi there")]
    [InlineData("c * 2", "hi therehi there")]
    [InlineData("c|list|last", "e")]
    [InlineData("c|first", "h")]
    [InlineData("c|indent(1, true)", "hi there")]
    [InlineData("c if c else 'b'", "hi there")]
    [InlineData("'x'.join([c, c])", "hi there|hi there")]
    [InlineData("c.removeprefix('hi ')", "there")]
    [InlineData("c|trim('h')", "i there")]
    [InlineData("dict(a=c).a", "hi there")]
    [InlineData("namespace(a=c).a", "hi there")]
    [InlineData("messages[0]['role']", "")]
    [InlineData("c|length", "")]
    public void No_operation_makes_what_a_message_says_trusted(string expression, string untrusted)
    {
        RenderedChat chat = ChatTemplate.Parse($"<{{% set c = messages[0].content %}}{{{{ {expression} }}}}>").Render([new(ChatRole.User, "hi there")]);

        string.Join('|', chat.Segments.Where(segment => !segment.IsTrusted).Select(segment => segment.Text)).Should().Be(untrusted);
    }

    [Fact]
    public void Macros_blocks_and_loops_keep_who_wrote_what()
    {
        RenderedChat chat = ChatTemplate.Parse(
            "{% macro m(x) %}[{{ x }}]{% endmacro %}{% set s %}{{ m(messages[0].content) }}!{% endset %}{{ s }}{% for c in messages[0].content %}{{ c }}.{% endfor %}")
            .Render([new(ChatRole.User, "ab")]);

        chat.Segments.Should().Equal(
            new ChatSegment("[", true), new ChatSegment("ab", false), new ChatSegment("]!", true), new ChatSegment("a", false),
            new ChatSegment(".", true), new ChatSegment("b", false), new ChatSegment(".", true));
    }

    [Fact]
    public void Roles_that_are_known_are_the_templates_own_words_and_others_are_not()
    {
        ChatTemplate template = ChatTemplate.Parse("{% for m in messages %}<{{ m.role }}>{% endfor %}");

        template.Render([new(ChatRole.Tool, "")]).Segments.Should().Equal(new ChatSegment("<tool>", true));
        template.Render([new(new ChatRole("wizard"), "")]).Segments.Should().Equal(
            new ChatSegment("<", true), new ChatSegment("wizard", false), new ChatSegment(">", true));
    }

    [Fact]
    public void An_empty_chat_has_no_segments()
    {
        RenderedChat chat = ChatTemplate.Parse("").Render([]);

        chat.Segments.Should().BeEmpty();
        chat.Text.Should().BeEmpty();
        new RenderedChat(default).Segments.Should().BeEmpty();
    }

    [Fact]
    public void Calls_and_results_of_functions_are_messages_as_templates_expect_them()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Rain?"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Zürich", ["days"] = 2, ["tags"] = new List<string> { "a" }, ["x"] = null })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "wet"), new FunctionResultContent("c2", JsonDocument.Parse("""{"a":1}""").RootElement), new FunctionResultContent("c3", null), new FunctionResultContent("c4", 1.5)]),
            new(ChatRole.Assistant, "Yes.") { AuthorName = "Ann" },
        ];

        Rendering.Text("{% for m in messages %}{{ m|tojson }}\n{% endfor %}", new ChatTemplateOptions(), messages).Should().Be("""
            {"role": "user", "content": "Rain?"}
            {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "id": "c1", "function": {"name": "weather", "arguments": {"city": "Zürich", "days": 2, "tags": ["a"], "x": null}}}]}
            {"role": "tool", "content": "wet", "tool_call_id": "c1"}
            {"role": "tool", "content": "{\"a\":1}", "tool_call_id": "c2"}
            {"role": "tool", "content": "", "tool_call_id": "c3"}
            {"role": "tool", "content": "1.5", "tool_call_id": "c4"}
            {"role": "assistant", "content": "Yes.", "name": "Ann"}

            """);
    }

    [Fact]
    public void Functions_are_described_as_templates_expect_them()
    {
        var options = new ChatTemplateOptions { Tools = [AIFunctionFactory.Create((int days) => days, "weather", "Tells the weather.")] };

        string text = Rendering.Text("{{ tools[0].type }} {{ tools[0].function.name }}: {{ tools[0].function.description }} {{ tools[0].function.parameters.properties|tojson }}", options);

        text.Should().Be("function weather: Tells the weather. {\"days\": {\"type\": \"integer\"}}");
        Rendering.Text("{{ tools is none }}{{ documents is none }}").Should().Be("TrueTrue");
    }

    [Fact]
    public void Variables_of_all_kinds_reach_the_template()
    {
        var variables = ImmutableDictionary.CreateRange<string, object?>(
        [
            new("a", (short)1), new("b", 1.5f), new("c", 2.5m), new("d", new Dictionary<string, object?> { ["k"] = true }), new("e", JsonDocument.Parse("[1.5, 7, null, false]").RootElement),
        ]);

        Rendering.Text("{{ [a, b, c, d, e] }}", new ChatTemplateOptions { Variables = variables }).Should().Be("[1, 1.5, 2.5, {'k': True}, [1.5, 7, None, False]]");
    }

    [Theory]
    [InlineData("%Y-%m-%d", "2024-02-05")]
    [InlineData("%d %b %Y, %A", "05 Feb 2024, Monday")]
    [InlineData("%-d/%-m %e|%a %B %y", "5/2  5|Mon February 24")]
    [InlineData("%H:%M:%S %I%p %j %u %w %f", "13:07:09 01PM 036 1 1 000000")]
    [InlineData("%c|%D|%F|%T|%R|%x|%X|%h", "Mon Feb  5 13:07:09 2024|02/05/24|2024-02-05|13:07:09|13:07|02/05/24|13:07:09|Feb")]
    [InlineData("100%% %n%t%z.%", "100% \n\t.%")]
    [InlineData("%-j %-M", "36 7")]
    public void Dates_come_from_the_given_clock(string format, string expected) =>
        Rendering.Text($"{{{{ strftime_now('{format}') }}}}", new ChatTemplateOptions { TimeProvider = new Noon() }).Should().Be(expected);

    [Fact]
    public void Lone_surrogates_in_messages_become_replacement_characters() =>
        Rendering.Text("{{ messages[0].content }}", new ChatTemplateOptions(), new ChatMessage(ChatRole.User, "a\uD83Db")).Should().Be("a\uFFFDb");

    private sealed class Noon : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2024, 2, 5, 13, 7, 9, TimeSpan.Zero);
    }
}
