using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Reflexion.Tests;

public sealed class ContentSecurityPolicyTests
{
    [Fact]
    public async Task Every_inline_block_that_acts_is_admitted_by_its_hash_and_nothing_else_is()
    {
        string html = await PageText.OfAsync(ExperimentSamples.Create(new() { Hostile = true, Tasks = 4 }));
        string policy = Regex.Match(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">").Groups[1].Value;

        string style = PageText.Blocks(html, "style").Should().ContainSingle().Subject;
        string[] scripts = PageText.Blocks(html, "script");
        scripts.Should().HaveCount(2, "one holds the data and one the program");
        policy.Should().Be(
            $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(scripts[1])}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
    }

    [Fact]
    public async Task The_policy_comes_before_anything_it_governs()
    {
        string html = await PageText.OfAsync(ExperimentSamples.Create(new() { Tasks = 1 }));

        html.IndexOf("Content-Security-Policy", StringComparison.Ordinal).Should().BeLessThan(html.IndexOf("<style", StringComparison.Ordinal));
        Encoding.UTF8.GetByteCount(html[..html.IndexOf("charset=", StringComparison.Ordinal)]).Should().BeLessThan(1024, "browsers look for it there");
    }

    [Fact]
    public void The_page_has_no_style_and_no_event_attribute_and_refers_to_nothing_outside()
    {
        PageAssets.Frame.Should().NotMatchRegex(@"\s(style|on\w+|src|srcset|action)=");
        Regex.Matches(PageAssets.Frame, "href=\"([^\"]*)\"").Select(match => match.Groups[1].Value).Should().OnlyContain(target => target.StartsWith('#'));
        PageAssets.Style.Should().NotContainAny("url(", "@import", "@font-face", "</style");
    }

    [Fact]
    public void The_program_makes_no_markup_of_text_and_asks_for_nothing()
    {
        PageAssets.Script.Should().NotContainAny("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest", "import(", "</script", "<!--");
        Regex.Matches(PageAssets.Script, "https?://[^']*").Select(match => match.Value).Should().Equal("http://www.w3.org/2000/svg");
    }

    private static string HashOf(string block) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}";
}
