using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Reflexion.Tests;

public sealed class StaticCurvesTests
{
    [Fact]
    public async Task Without_a_program_the_page_shows_the_curves_of_the_analysis()
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(new() { Tasks = 9, Arms = ["retry <b>", "other & more", "turned\u202E round"] }));
        string html = PageText.Blocks(await PageText.OfAsync(report), "noscript").Single();

        string[][] rows =
        [
            .. PageText.Blocks(PageText.Blocks(html, "tbody").Single(), "tr").Select(row =>
                Regex.Matches(row, "<t[hd][^>]*>(.*?)</t[hd]>").Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray()),
        ];

        rows.Should().BeEquivalentTo(
            report.Analysis.Arms.SelectMany(arm => arm.Curve.Select(point => new[]
            {
                arm.Arm.Replace("\u202E", "⟨U+202E⟩", StringComparison.Ordinal), Text(point.Trial), Text(point.Solved), Text(point.Episodes), Percent(point.Share.Value), Percent(point.Share.Low), Percent(point.Share.High),
            })),
            options => options.WithStrictOrdering());
        html.Should().Contain("<table data-table=\"curves\">").And.Contain("with 95 % intervals").And.Contain("retry &lt;b&gt;");
    }

    private static string Percent(double share) => $"{(100 * share).ToString("0.#", CultureInfo.InvariantCulture)} %";

    private static string Text(int figure) => figure.ToString(CultureInfo.InvariantCulture);
}
