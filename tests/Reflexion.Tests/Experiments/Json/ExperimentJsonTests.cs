using System.Text;
using System.Text.Json;

namespace Reflexion.Tests;

public sealed class ExperimentJsonTests
{
    [Fact]
    public async Task A_result_comes_back_as_it_was()
    {
        ExperimentResult result = await Sums.Builder(Sums.Model()).UseSeeds(1, 2).Describe("note", "Ω \"quoted\" <b>").UseTimeProvider(new FakeTime())
            .ConfigureAgents(agent => agent.UseHeldOutEvaluator(new ExactMatchEvaluator())).Build().RunAsync();

        byte[] written = await WriteAsync(result);
        ExperimentResult read = await ExperimentJson.ReadAsync(new MemoryStream(written));

        read.Should().BeEquivalentTo(result, options => options.WithStrictOrdering().Excluding(member => member.Path.EndsWith("DateOnly")));
        (await WriteAsync(read)).Should().Equal(written);
        read.Find("adder+Reflexion", "t03", 2)!.Episode!.Trials[1].Prompt.ToString().Should().Be(result.Find("adder+Reflexion", "t03", 2)!.Episode!.Trials[1].Prompt.ToString());
        ExperimentAnalysis.Of(read).Should().BeEquivalentTo(ExperimentAnalysis.Of(result));
    }

    [Fact]
    public async Task Failures_come_back_as_words()
    {
        ExperimentResult result = await Sums.Builder(new Reflexion.Testing.ScriptedChatClient().Otherwise(_ => throw new HttpRequestException("no route")), tasks: 1).Build().RunAsync();

        ExperimentResult read = await ExperimentJson.ReadAsync(new MemoryStream(await WriteAsync(result)));

        read.Episodes[0].Outcome.Should().Be(ExperimentOutcome.Errored);
        read.Episodes[0].Episode!.Failure!.Message.Should().Be("no route");
    }

    [Fact]
    public async Task The_first_version_stays_readable()
    {
        const string Golden = """
            {"format":"reflexion-experiment","version":1,"experiment":"golden","startedAt":"2026-01-01T00:00:00+00:00","duration":"00:00:05",
             "configuration":{"library.version":"0.1.0.0"},
             "arms":[{"name":"retry","strategy":"Retry","model":"small","variant":"","modelIds":{"Actor":"small-1"},"settings":{"maxTrials":"3"},"maxTrials":3,"judgedByHeldOut":false}],
             "tasks":[{"id":"t1","instruction":"Add.","kind":"sum"}],"seeds":[0],
             "episodes":[{"arm":"retry","taskId":"t1","seed":0,"outcome":"Solved","episodeId":"golden/retry/t1/0","detail":"Trial 1 succeeded.","stopReason":"Success",
               "trials":[{"number":1,"outcome":"Solved","score":1,"steps":1,"usage":{"calls":1,"failedCalls":0,"tokens":{"inputTokens":9,"outputTokens":1,"cachedInputTokens":0},"cost":0.25},"duration":"00:00:01"}],
               "judgedByHeldOut":false,"usage":[{"component":"Actor","calls":1,"failedCalls":0,"tokens":{"inputTokens":9,"outputTokens":1,"cachedInputTokens":0},"cost":0.25}],
               "startedAt":"2026-01-01T00:00:00+00:00","duration":"00:00:01"}],
             "memories":[]}
            """;

        ExperimentResult read = await ReadAsync(Golden);

        read.Name.Should().Be("golden");
        read.Arms.Single().Should().BeEquivalentTo(new { Name = "retry", Model = "small", MaxTrials = 3 });
        read.Arms.Single().ModelIds[AgentComponent.Actor].Should().Be("small-1");
        EpisodeRecord episode = read.Episodes.Single();
        episode.Should().BeEquivalentTo(new { Outcome = ExperimentOutcome.Solved, EpisodeId = "golden/retry/t1/0", StopReason = StopReason.Success });
        episode.AgentUsage.Should().Be(new ComponentUsage(1, 0, new(9, 1), 0.25m));
        episode.Trials.Single().Usage.Should().Be(episode.AgentUsage);
        JsonElement.DeepEquals(JsonDocument.Parse(await WriteAsync(read)).RootElement, JsonDocument.Parse(Golden).RootElement).Should().BeTrue("what is written today is what was written then");
    }

    [Theory]
    [InlineData("[]", "This is no reflexion-experiment document; its format is ''.")]
    [InlineData("""{"format":"other","version":1}""", "This is no reflexion-experiment document; its format is 'other'.")]
    [InlineData("""{"format":"reflexion-experiment","version":2}""", "The experiment is of version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("""{"format":"reflexion-experiment"}""", "The experiment is of version 0, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("""{"format":"reflexion-experiment","version":1}""", "The experiment is damaged (*); take an undamaged copy, or run it again.")]
    [InlineData("""{"format":"reflexion-exp""", "The experiment is damaged (*); take an undamaged copy, or run it again.")]
    [InlineData("""{"format":"reflexion-experiment","version":1,"experiment":"e","startedAt":"2026-01-01T00:00:00+00:00","duration":"00:00:05","configuration":{},"arms":[],"tasks":[],"seeds":[],"episodes":[],"memories":[]}""", "The experiment is damaged (There are no arms.*); take an undamaged copy, or run it again.")]
    public async Task What_cannot_be_read_is_refused_with_its_reason(string json, string message) =>
        (await FluentActions.Awaiting(() => ReadAsync(json)).Should().ThrowAsync<ExperimentFormatException>()).WithMessage(message);

    [Fact]
    public async Task An_analysis_is_written_with_all_that_follows_from_it()
    {
        using var output = new MemoryStream();

        await ExperimentJson.WriteAsync(ExperimentAnalysis.Of(ExperimentSamples.TwoArms((1, 1), (0, 2), (3, 1), (0, 0))), output);

        JsonElement root = JsonDocument.Parse(output.ToArray()).RootElement;
        root.GetProperty("format").GetString().Should().Be("reflexion-experiment-analysis");
        JsonElement comparison = root.GetProperty("analysis").GetProperty("comparisons")[0];
        comparison.GetProperty("neither").GetInt32().Should().Be(1);
        comparison.GetProperty("test").GetProperty("exactP").GetDouble().Should().Be(1);
        comparison.GetProperty("solvedDifference").GetProperty("value").GetDouble().Should().Be(0.25);
        JsonElement arm = root.GetProperty("analysis").GetProperty("arms")[0];
        arm.GetProperty("outcomes").GetProperty("Solved").GetInt32().Should().Be(2);
        arm.GetProperty("curve").GetArrayLength().Should().Be(3);
        arm.GetProperty("tokensPerSuccess").GetProperty("high").ToString().Should().NotBeEmpty();
        arm.GetProperty("judge").ValueKind.Should().Be(JsonValueKind.Null);
    }

    private static Task<ExperimentResult> ReadAsync(string json) => ExperimentJson.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static async Task<byte[]> WriteAsync(ExperimentResult result)
    {
        using var output = new MemoryStream();
        await ExperimentJson.WriteAsync(result, output);
        return output.ToArray();
    }
}
