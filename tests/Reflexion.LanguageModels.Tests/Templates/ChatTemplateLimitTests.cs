using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A template comes out of a file: whatever it says, it ends soon and takes little memory.</summary>
public sealed class ChatTemplateLimitTests
{
    [Theory]
    [InlineData("{{ 'a' * 99999999999 }}", "makes a text of more than 16777216 characters")]
    [InlineData("{{ 99999999999 * 'a' }}", "makes a text of more than 16777216 characters")]
    [InlineData("{{ 'ab' * 9223372036854775807 }}", "makes a text of more than 16777216 characters")]
    [InlineData("{% set s = namespace(t='aaaaaaaa') %}{% for i in range(99) %}{% set s.t = s.t ~ s.t %}{% endfor %}", "makes a text of more than 16777216 characters")]
    [InlineData("{% set s = 'a' * 9000 %}{{ s|replace('a', s) }}", "makes a text of more than 16777216 characters")]
    [InlineData("{% set s = 'a' * 9000 %}{{ s.join(s) }}", "makes a text of more than 16777216 characters")]
    [InlineData("{{ ('a\n' * 9000)|indent(9000) }}", "makes a text of more than 16777216 characters")]
    [InlineData("{{ 'a'|indent(99999999999) }}", "makes a text of more than 16777216 characters")]
    [InlineData("{{ range(99999999) }}", "makes a list of more than 1000000 items")]
    [InlineData("{{ range(-9223372036854775807, 9223372036854775807) }}", "makes a list of more than 1000000 items")]
    [InlineData("{{ [1] * 99999999999 }}", "makes a list of more than 1000000 items")]
    [InlineData("{% set s = namespace(t=[1]) %}{% for i in range(99) %}{% set s.t = s.t + s.t %}{% endfor %}", "makes a list of more than 1000000 items")]
    [InlineData("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% for a in range(9999) %}{% set t = s.upper() %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'ab' * 99999 %}{% for a in range(9999) %}{% set t = 'c' in s %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t }}", "takes more than 200000 steps")]
    [InlineData("{% set n = namespace(t=[1], u=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}{% set n.u = [n.u, n.u] %}{% endfor %}{{ n.t == n.u }}", "takes more than 200000 steps")]
    [InlineData("{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t|tojson }}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% for a in range(9999) %}{% if s == s ~ '' %}{% endif %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% set t = 'a' * 99999 %}{% for a in range(9999) %}{% if s == t %}{% endif %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% for a in range(9999) %}{% if s|length %}{% endif %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% set d = {s: 1} %}{% for a in range(9999) %}{% if d[s] %}{% endif %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{% set s = 'a' * 99999 %}{% for a in range(9999) %}{% if s is lower %}{% endif %}{% endfor %}", "takes more than 200000 steps")]
    [InlineData("{{ ('a' * 49999 ~ 'b') in 'a' * 99999 }}", "takes more than 200000 steps")]
    [InlineData("{{ ('a' * 99999).find('a' * 49999 ~ 'b') }}", "takes more than 200000 steps")]
    [InlineData("{{ ('a' * 99999)|replace('a' * 49999 ~ 'b', '') }}", "takes more than 200000 steps")]
    [InlineData("{{ ('a' * 99999).split('a' * 49999 ~ 'b') }}", "takes more than 200000 steps")]
    [InlineData("{{ ('a' * 99999).rpartition('a' * 49999 ~ 'b') }}", "takes more than 200000 steps")]
    public void A_template_that_runs_away_is_stopped(string template, string message) =>
        Rendering.Refusal(template, new ChatTemplateOptions { MaxSteps = message.EndsWith("steps", StringComparison.Ordinal) ? 200_000 : 4_000_000 }).Message.Should().StartWith("The chat template").And.Contain(message);

    [Theory]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% set n = namespace(t=[]) %}{% for i in range(50000) %}{% set n.t = [n.t] %}{% endfor %}{{ n.t }}")]
    [InlineData("{% set n = namespace(t=[]) %}{% for i in range(50000) %}{% set n.t = [n.t] %}{% endfor %}{{ n.t|tojson }}")]
    public void A_template_that_uses_up_the_stack_is_stopped(string template) =>
        Rendering.Refusal(template).Message.Should().StartWith("The chat template nests too deeply.");

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{1:", "}")]
    [InlineData("not ", "")]
    [InlineData("- ", "")]
    [InlineData("1 if 1 else ", "")]
    [InlineData("word[", "]")]
    [InlineData("range(", ")")]
    public void A_template_that_nests_beyond_reason_is_refused(string open, string close)
    {
        string nested = string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));

        Rendering.Refusal($"{{{{ {nested} }}}}").Message.Should().StartWith("The chat template nests deeper than 100 levels.");
    }

    [Fact]
    public void Tags_that_nest_beyond_reason_are_refused() =>
        Rendering.Refusal(string.Concat(Enumerable.Repeat("{% if 1 %}", 50_000))).Message.Should().StartWith("The chat template nests deeper than 100 levels.");

    [Fact]
    public void Chains_too_long_to_evaluate_are_refused()
    {
        // How long that is depends on the stack, so it is one of known size.
        const int SmallStack = 512 * 1024;
        string Chain(int sums) => "{{ 1" + string.Concat(Enumerable.Repeat(" + 1", sums)) + " }}";
        Exception? refusal = null;
        string? text = null;
        var thread = new Thread(
            () =>
            {
                refusal = Record.Exception(() => Rendering.Text(Chain(100_000)));
                text = Rendering.Text(Chain(200));
            },
            SmallStack);

        thread.Start();
        thread.Join();

        refusal.Should().BeOfType<ChatTemplateException>().Which.Message.Should().StartWith("The chat template nests too deeply.");
        text.Should().Be("201");
    }

    [Fact]
    public void Limits_can_be_set()
    {
        Rendering.Refusal("{{ word }}", new ChatTemplateOptions { MaxLength = 3 }).Message.Should().Contain("more than 3 characters; raise MaxLength");
        Rendering.Refusal("{% for n in range(99) %}{{ n }}{% endfor %}", new ChatTemplateOptions { MaxSteps = 50 }).Message.Should().Contain("more than 50 steps; raise MaxSteps");
    }

    [Fact]
    public void Random_templates_render_or_are_refused()
    {
        string[] pieces = ["{{", "}}", "{%", "%}", "{#", "#}", "-", " if ", " for ", " in ", "endif", "endfor", "else", "word", "numbers", "|", "upper", "(", ")", "[", "]", "'", "1", ".", ",", "\n", " ", "set ", "=", "~", "is ", "not ", "raw", "endraw", "\\", "é"];
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++)
        {
            string template = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Rendering.Text(template);
            }
            catch (ChatTemplateException refusal)
            {
                refusal.Line.Should().BePositive(template);
            }
        }
    }
}
