using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public sealed class HtmlPageTests
{
    private static readonly string[] Views = ["curves", "heatmap", "trials", "lessons", "costs", "configuration"];

    [Fact]
    public async Task The_page_holds_the_same_content_as_the_json()
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(new() { Hostile = true, Tasks = 4 }), new() { MaxDetailedEpisodes = 9 });
        using var json = new MemoryStream();
        await report.WriteJsonAsync(json);

        using JsonDocument inPage = JsonDocument.Parse(PageText.Data(await PageText.OfAsync(report)));
        using JsonDocument beside = JsonDocument.Parse(json.ToArray());

        JsonElement.DeepEquals(inPage.RootElement, beside.RootElement).Should().BeTrue();
        inPage.RootElement.GetProperty("omitted").GetProperty("episodes").GetInt32().Should().Be(report.Omitted.Episodes).And.BePositive();
    }

    [Fact]
    public async Task No_text_of_the_experiment_becomes_markup_wherever_it_stands()
    {
        int tags = TagsOf(await PageText.OfAsync(Named("plain", "plain", "plain"), new() { Title = "plain" }));

        foreach (string[] texts in HostileText.ArrayOf(3).Sample(60))
        {
            (string arm, string task, string title) = (texts[0], texts[1], texts[2]);
            string html = await PageText.OfAsync(Named($"a {arm}", $"t {task}", arm), new() { Title = $"! {title}" });

            TagsOf(html).Should().Be(tags, "of {0}, {1} and {2} nothing may become a tag", arm, task, title);
            PageText.Blocks(html, "script").Should().HaveCount(2);
        }
    }

    [Fact]
    public async Task The_title_is_text()
    {
        string html = await PageText.OfAsync(ExperimentSamples.Create(new() { Tasks = 1 }), new() { Title = "</title><script>x</script> {{data}}" });

        PageText.Blocks(html, "title").Should().Equal("&lt;/title&gt;&lt;script&gt;x&lt;/script&gt; {{data}}");
        WebUtility.HtmlDecode(PageText.Blocks(html, "h1").Single()).Should().Be("</title><script>x</script> {{data}}");
    }

    [Fact]
    public void Every_view_has_a_tab_and_a_panel_that_name_each_other()
    {
        Regex.Matches(PageAssets.Frame, "role=\"tab\" id=\"tab-(\\w+)\" aria-controls=\"view-\\1\" data-view=\"\\1\"").Select(match => match.Groups[1].Value).Should().Equal(Views);
        Regex.Matches(PageAssets.Frame, "role=\"tabpanel\" id=\"view-(\\w+)\" aria-labelledby=\"tab-\\1\" data-view=\"\\1\" hidden").Select(match => match.Groups[1].Value).Should().Equal(Views);
    }

    [Fact]
    public void The_program_knows_every_value_that_the_results_can_hold()
    {
        PageAssets.Script.Should().ContainAll(Enum.GetNames<ExperimentOutcome>().Select(name => $"  {name}: ["));
        PageAssets.Script.Should().ContainAll(Enum.GetNames<PromptPartKind>().Select(name => $"  {name}: ["));
        PageAssets.Script.Should().ContainAll(Enum.GetNames<TextIntegrity>().Select(name => $"  {name}: '"));
        PageAssets.Script.Should().ContainAll(Enum.GetNames<AgentComponent>().Select(name => $"'{name}'"));
        PageAssets.Script.Should().ContainAll(Enum.GetNames<LessonState>().Select(name => $"'{name}'"));
        PageAssets.Style.Should().ContainAll(Enum.GetNames<ExperimentOutcome>().Select(name => $".outcome-{name} {{"));
    }

    // Named values in all places at once: arm, task, configuration, fact, hash.
    private static ExperimentResult Named(string arm, string task, string text) => new(
        "e", [new(arm, ReflexionStrategy.Retry)], [new(task) { Instruction = text }], [1],
        [new EpisodeRecord(arm, task, 1, ExperimentOutcome.Solved) { Detail = text, Trials = [new(1, ExperimentOutcome.Solved) { Score = 1 }] }])
    {
        Configuration = new ReportOptions().Facts.Add(text, text),
    };

    private static Gen<string> HostileText => Gen.OneOf(
        Gen.Elements<string>(ExperimentSamples.HostileTexts),
        Gen.Elements("<", ">", "&", "\"", "'", "/", "script", "!--", "--", "{{", "}}", "style", "\\", "\u2028", "\uD83D", "=").ArrayOf(6).Select(string.Concat));

    private static int TagsOf(string html) => html.Count(letter => letter == '<');
}
