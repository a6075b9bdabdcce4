using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorJsonTests
{
    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        SelectorState state = Learnt();

        SelectorState read = SelectorJson.Read(SelectorJson.Write(state));

        read.Should().BeEquivalentTo(state, options => options.WithStrictOrdering().Excluding(each => each.Progress.LastGain));
        SelectorJson.Write(read).Should().Equal(SelectorJson.Write(state));
    }

    [Fact]
    public async Task A_file_is_replaced_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("selector.json");
        await SelectorJson.SaveAsync(new SelectorLearner(3).Export(["a", "b", "c"]), path);
        await SelectorJson.SaveAsync(Learnt(), path);

        (await SelectorJson.LoadAsync(path)).Should().BeEquivalentTo(Learnt(), options => options.WithStrictOrdering().Excluding(each => each.Progress.LastGain));
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
        new FileInfo(path).Length.Should().BeLessThan(100_000);
    }

    [Fact]
    public void What_was_cut_short_is_refused_wherever_the_cut_is()
    {
        byte[] json = SelectorJson.Write(Learnt());
        Prop.ForAll(Gen.Choose(0, json.Length - 1).ToArbitrary(), length =>
        {
            FluentActions.Invoking(() => SelectorJson.Read(json.AsSpan(0, length))).Should().Throw<SelectorFormatException>();
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"reflexion-selector\"")]
    [InlineData("""{"format":1,"version":1}""")]
    [InlineData("""{"format":"reflexion-memory","version":1}""")]
    public void Another_format_is_refused(string json) =>
        Reading(json).Should().Throw<SelectorFormatException>().WithMessage("*format reflexion-selector*");

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("null")]
    public void Another_version_is_refused(string version) =>
        Reading($$"""{"format":"reflexion-selector","version":{{version}},"policy":"unknown"}""").Should().Throw<SelectorFormatException>().WithMessage("*reads version 1*");

    public static TheoryData<string, string> Damages => new()
    {
        { "features", """["a","a","c"]""" },
        { "features", """["a",null,"c"]""" },
        { "features", "[]" },
        { "features", "null" },
        { "exploration", "0" },
        { "exploration", "1e999" },
        { "temperature", "-1" },
        { "policy", "[0,0]" },
        { "policy", "[]" },
        { "policy", "[0,0,1e7]" },
        { "policy", "[0,0,1e999]" },
        { "candidate", "[0,0,0,0]" },
        { "candidate", """["0",0,0]""" },
        { "coefficients", "[1,2]" },
        { "coefficients", "[1,2,1e999]" },
        { "covariance", "[1,0,0,0,1,0,0,0]" },
        { "covariance", "[1,0,0,0,1,0,0,0,-1]" },
        { "covariance", "[1,2,0,0,1,0,0,0,1]" },
        { "covariance", "[1,2,0,2,1,0,0,0,1]" },
        { "covariance", "[1,0,0,0,1,0,0,0,1e999]" },
        { "counts", "null" },
        { "counts", """{"learnt":-1,"heldOut":0,"updates":0,"refused":0,"promotions":0,"rollbacks":0,"effectiveSampleShare":1}""" },
        { "counts", """{"learnt":1,"heldOut":0,"updates":0,"refused":0,"promotions":0,"rollbacks":0,"effectiveSampleShare":1.5}""" },
        { "counts", """{"learnt":1}""" },
        { "heldOut", "[null]" },
        { "heldOut", Line(after: "null") },
        { "heldOut", Line(after: "1.5") },
        { "heldOut", Line(arms: "[[1,0],[1,1]]") },
        { "heldOut", Line(arms: "[[1,0,0],null]") },
        { "heldOut", Line(arms: "[[1,0,0],[1,1,1e999]]") },
        { "heldOut", Line(propensities: "[0.5,0.6]") },
        { "heldOut", Line(propensities: "[1,0]") },
        { "heldOut", Line(chosen: "2") },
        { "heldOut", Line(trial: "1") },
        { "open", Line(after: "1") },
        { "open", "{}" },
        { "open", string.Concat(Enumerable.Repeat('[', 200)) + string.Concat(Enumerable.Repeat(']', 200)) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_refused(string property, string value)
    {
        JsonObject json = JsonNode.Parse(SelectorJson.Write(new SelectorLearner(3).Export(["a", "b", "c"])))!.AsObject();
        string damaged = json.ToJsonString().Replace($"\"{property}\":{json[property]!.ToJsonString()}", $"\"{property}\":{value}", StringComparison.Ordinal);

        damaged.Should().Contain($"\"{property}\":{value}");
        Reading(damaged).Should().Throw<SelectorFormatException>();
    }

    [Fact]
    public void What_is_missing_is_refused()
    {
        byte[] written = SelectorJson.Write(new SelectorLearner(3).Export(["a", "b", "c"]));
        foreach (string property in JsonNode.Parse(written)!.AsObject().Select(pair => pair.Key))
        {
            JsonObject json = JsonNode.Parse(written)!.AsObject();
            json.Remove(property);
            Reading(json.ToJsonString()).Should().Throw<SelectorFormatException>($"{property} is missing");
        }
    }

    [Fact]
    public async Task A_file_of_absurd_size_is_not_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("huge.json");
        await using (FileStream file = File.Create(path))
        {
            file.SetLength((64L << 20) + 1);
        }

        await FluentActions.Awaiting(() => SelectorJson.LoadAsync(path)).Should().ThrowAsync<SelectorFormatException>().WithMessage("*larger than*");
        await FluentActions.Awaiting(() => SelectorJson.LoadAsync(folder.File("none.json"))).Should().ThrowAsync<FileNotFoundException>();
    }

    [Fact]
    public void A_state_that_is_not_sound_is_not_written()
    {
        SelectorState state = Learnt();
        FluentActions.Invoking(() => SelectorJson.Write(state with { Coefficients = [1] })).Should().Throw<ArgumentException>().WithMessage("*not sound*");
        FluentActions.Invoking(() => SelectorJson.Write(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task A_log_is_read_as_it_was_written()
    {
        SelectorDecision[] log = [.. Decisions.Log(1, 20, SelectorPolicy.Uniform(3)), Decisions.With("open", before: 0.5)];
        using var stream = new MemoryStream();
        await SelectorJson.WriteLogAsync(log, stream);
        stream.Position = 0;

        (await ReadLog(stream)).Should().BeEquivalentTo(log, options => options.WithStrictOrdering());
        Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Should().HaveCount(22);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"episode":"e""")]
    [InlineData("""{"episode":"","task":"t","trial":2,"arms":[[1]],"chosen":0,"propensities":[1],"before":0}""")]
    public async Task A_damaged_line_is_named(string line)
    {
        using var stream = new MemoryStream();
        await SelectorJson.WriteLogAsync([Decisions.With("e")], stream);
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Position = 0;

        await FluentActions.Awaiting(() => ReadLog(stream)).Should().ThrowAsync<SelectorFormatException>().WithMessage("Line 2 of the log*");
    }

    [Fact]
    public async Task A_line_of_absurd_length_is_refused()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', (1 << 20) + 1) + "\n"));

        await FluentActions.Awaiting(() => ReadLog(stream)).Should().ThrowAsync<SelectorFormatException>().WithMessage("Line 1*more than*");
    }

    private static Func<SelectorState> Reading(string json) => () => SelectorJson.Read(Encoding.UTF8.GetBytes(json));

    private static async Task<List<SelectorDecision>> ReadLog(Stream stream)
    {
        var read = new List<SelectorDecision>();
        await foreach (SelectorDecision decision in SelectorJson.ReadLogAsync(stream))
        {
            read.Add(decision);
        }

        return read;
    }

    private static SelectorState Learnt()
    {
        var learner = new SelectorLearner(3);
        foreach (SelectorDecision decision in Decisions.Log(7, 400, SelectorPolicy.Uniform(3)))
        {
            learner.Learn(decision);
        }

        return learner.Export(["a", "b", "c"]) with { Open = [Decisions.With("e1", before: 0.5), Decisions.With("é")] };
    }

    private static string Line(
        string arms = "[[1,0,0],[1,1,0]]", string propensities = "[0.5,0.5]", string chosen = "1", string trial = "2", string after = "1") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""[{"episode":"e","task":"t","trial":{{trial}},"arms":{{arms}},"chosen":{{chosen}},"propensities":{{propensities}},"before":0,"after":{{after}}}]""");
}
