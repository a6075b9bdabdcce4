using System.Text;

namespace Reflexion.Tests;

public sealed class ExperimentReportExtensionsTests
{
    [Fact]
    public async Task Page_and_json_are_written_side_by_side()
    {
        using var folder = new TemporaryFolder();
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 2 });

        await result.WriteHtmlReportAsync(folder.File("new/report.html"), new() { Title = "Two" });

        Directory.GetFiles(folder.File("new")).Select(Path.GetFileName).Should().BeEquivalentTo("report.html", "report.json");
        using var json = new MemoryStream();
        await result.WriteJsonReportAsync(json, new() { Title = "Two" });
        File.ReadAllBytes(folder.File("new/report.json")).Should().Equal(json.ToArray());
        using var html = new MemoryStream();
        await result.WriteHtmlReportAsync(html, new() { Title = "Two" });
        File.ReadAllBytes(folder.File("new/report.html")).Should().Equal(html.ToArray());
        (await ExperimentReport.ReadAsync(folder.File("new/report.json"))).Title.Should().Be("Two");
    }

    [Fact]
    public async Task An_earlier_report_is_replaced()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("report.html"), "old");

        await ExperimentSamples.Create(new() { Tasks = 1 }).WriteHtmlReportAsync(folder.File("report.html"));

        (await File.ReadAllTextAsync(folder.File("report.html"))).Should().StartWith("<!DOCTYPE html>").And.EndWith("</html>\n");
    }

    [Fact]
    public async Task A_report_that_is_not_finished_leaves_the_earlier_one_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("report.html"), "old");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => ExperimentSamples.Create(new() { Tasks = 1 }).WriteHtmlReportAsync(folder.File("report.html"), cancellationToken: cancelled.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        Directory.GetFiles(folder.Path).Should().ContainSingle();
        (await File.ReadAllTextAsync(folder.File("report.html"))).Should().Be("old");
    }

    [Theory]
    [InlineData("report.json")]
    [InlineData("report.JSON")]
    public async Task The_path_of_the_json_is_refused(string name) =>
        (await FluentActions.Awaiting(() => ExperimentSamples.Create(new() { Tasks = 1 }).WriteHtmlReportAsync(name)).Should().ThrowAsync<ArgumentException>())
            .WithMessage($"'{name}' is where the JSON goes; give the HTML file's path, with the extension .html.*");

    [Fact]
    public async Task The_same_result_gives_the_same_bytes()
    {
        byte[] first = await HtmlAsync(ExperimentSamples.Create(new() { Hostile = true, Tasks = 3 }));

        (await HtmlAsync(ExperimentSamples.Create(new() { Hostile = true, Tasks = 3 }))).Should().Equal(first);
        Encoding.UTF8.GetString(first).Should().NotContain("\r");
    }

    private static async Task<byte[]> HtmlAsync(ExperimentResult result)
    {
        using var output = new MemoryStream();
        await result.WriteHtmlReportAsync(output);
        return output.ToArray();
    }
}
