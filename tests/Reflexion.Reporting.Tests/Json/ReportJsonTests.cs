using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reflexion.Tests;

public sealed class ReportJsonTests
{
    [Fact]
    public async Task A_report_comes_back_as_it_was()
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(new() { Hostile = true, Tasks = 8, Arms = ["retry", "last attempt", "reflexion", "both", "retrospective"] }), Options());

        byte[] written = await WriteAsync(report);
        ExperimentReport read = await ReadAsync(written);

        (await WriteAsync(read)).Should().Equal(written);
        read.Should().BeEquivalentTo(report, options => options.Excluding(member => member.Path.EndsWith("Exception")).Excluding(member => member.Path.EndsWith("DateOnly")));
        read.Omitted.Should().Be(report.Omitted).And.NotBe(new ReportOmissions(0, 0, 0));
        read.Facts.AsEnumerable().Should().Equal(report.Facts);
        read.ModelHashes["adapter"].Should().Be("sha256:4f6c");
        read.Contamination!.Findings.Single().Excerpt.Should().Be("which harbour");
        read.Analysis.Options.Should().Be(report.Analysis.Options);
    }

    [Fact]
    public async Task The_page_of_a_report_that_was_read_is_the_page_itself()
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(new() { Hostile = true, Tasks = 3 }), Options());

        ExperimentReport read = await ReadAsync(await WriteAsync(report));

        (await PageText.OfAsync(read)).Should().Be(await PageText.OfAsync(report));
    }

    [Fact]
    public async Task Result_and_analysis_stand_in_it_as_the_documents_that_they_are()
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(new() { Tasks = 2 }));
        using JsonDocument document = JsonDocument.Parse(await WriteAsync(report));
        using var result = new MemoryStream();
        await ExperimentJson.WriteAsync(report.Result, result);
        using var analysis = new MemoryStream();
        await ExperimentJson.WriteAsync(report.Analysis, analysis);

        document.RootElement.GetProperty("format").GetString().Should().Be("reflexion-report");
        document.RootElement.GetProperty("version").GetInt32().Should().Be(1);
        document.RootElement.GetProperty("experiment").GetRawText().Should().Be(Encoding.UTF8.GetString(result.ToArray()));
        document.RootElement.GetProperty("analysis").GetRawText().Should().Be(Encoding.UTF8.GetString(analysis.ToArray()));
    }

    [Fact]
    public async Task The_first_version_stays_readable()
    {
        const string Golden = """
            {"format":"reflexion-report","version":1,"title":"Golden","baseline":"a","omitted":{"episodes":2,"lessons":1,"rejections":0},
             "facts":{"commit":"c0ffee"},"modelHashes":{"adapter":"1234"},
             "contamination":{"findings":[{"example":"e","taskId":"t","isExact":true,"overlap":0.5,"longestRun":8,"excerpt":"x"}],"examples":3,"tasks":1,"tooShort":["t2"]},
             "experiment":{"format":"reflexion-experiment","version":1,"experiment":"golden","startedAt":"2026-01-01T00:00:00+00:00","duration":"00:00:05","configuration":{},
               "arms":[{"name":"a","strategy":"Reflexion","model":"","variant":"","modelIds":{},"settings":{},"maxTrials":0,"judgedByHeldOut":false}],
               "tasks":[{"id":"t","instruction":"","kind":""}],"seeds":[0],"episodes":[],"memories":[]},
             "analysis":{"format":"reflexion-experiment-analysis","version":1,"analysis":{"options":{"bootstrap":{"resamples":500,"seed":3,"confidence":0.9},"baseline":null,"countErrored":false,"budgetPoints":4,"maxExhaustedShare":0.1}}}}
            """;

        ExperimentReport read = await ReadAsync(Encoding.UTF8.GetBytes(Golden));

        read.Title.Should().Be("Golden");
        read.Baseline.Should().Be("a");
        read.Omitted.Should().Be(new ReportOmissions(2, 1, 0));
        read.Facts.Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, string>("commit", "c0ffee"));
        read.ModelHashes.Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, string>("adapter", "1234"));
        read.Contamination!.TooShort.Should().Equal("t2");
        read.Contamination.Findings.Should().Equal(new ContaminationFinding("e", "t", true, 0.5, 8, "x"));
        read.Analysis.Options.Should().Be(new AnalysisOptions { Bootstrap = new() { Resamples = 500, Seed = 3, Confidence = 0.9 }, CountErrored = false, BudgetPoints = 4, MaxExhaustedShare = 0.1 });
        read.Result.Episodes.Single().Outcome.Should().Be(ExperimentOutcome.Unfinished);
    }

    [Theory]
    [InlineData("[]", "This is no reflexion-report document; its format is ''.")]
    [InlineData("""{"format":"reflexion-experiment","version":1}""", "This is no reflexion-report document; its format is 'reflexion-experiment'.")]
    [InlineData("""{"format":"reflexion-report","version":2}""", "The report is of version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.Reporting.")]
    [InlineData("""{"format":"reflexion-report"}""", "The report is of version 0, and this release reads versions 1 to 1; use a newer release of Reflexion.Reporting.")]
    [InlineData("""{"format":"reflexion-report","version":1}""", "The report is damaged (*); take an undamaged copy, or write it again from the result.")]
    [InlineData("""{"format":"reflexion-rep""", "The report is damaged (*); take an undamaged copy, or write it again from the result.")]
    public async Task What_cannot_be_read_is_refused_with_its_reason(string json, string message) =>
        (await FluentActions.Awaiting(() => ReadAsync(Encoding.UTF8.GetBytes(json))).Should().ThrowAsync<ExperimentFormatException>()).WithMessage(message);

    [Theory]
    [InlineData("experiment")]
    [InlineData("analysis")]
    [InlineData("title")]
    public async Task A_report_without_one_of_its_parts_is_damaged(string part)
    {
        JsonObject report = JsonNode.Parse(await WriteAsync(ExperimentReport.Of(ExperimentSamples.Create(new() { Tasks = 1 }))))!.AsObject();
        report.Remove(part);

        (await FluentActions.Awaiting(() => ReadAsync(Encoding.UTF8.GetBytes(report.ToJsonString()))).Should().ThrowAsync<ExperimentFormatException>()).WithMessage("The report is damaged (*");
    }

    private static ReportOptions Options() => new()
    {
        Title = "A <title> & more",
        Baseline = "reflexion",
        Analysis = new() { Bootstrap = new() { Resamples = 300, Seed = 9 }, BudgetPoints = 5 },
        Facts = new ReportOptions().Facts.Add("commit", "c0ffee").Add("Z", "1").Add("a", "2"),
        ModelHashes = new ReportOptions().ModelHashes.Add("adapter", "sha256:4f6c"),
        Contamination = new() { Examples = 1, Tasks = 2, TooShort = ["t"], Findings = [new("example", "task-001", false, 0.25, 9, "which harbour")] },
        MaxDetailedEpisodes = 12,
        MaxLessons = 4,
    };

    private static Task<ExperimentReport> ReadAsync(byte[] json) => ExperimentReport.ReadAsync(new MemoryStream(json));

    private static async Task<byte[]> WriteAsync(ExperimentReport report)
    {
        using var output = new MemoryStream();
        await report.WriteJsonAsync(output);
        return output.ToArray();
    }
}
