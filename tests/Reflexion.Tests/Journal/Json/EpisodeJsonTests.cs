using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class EpisodeJsonTests
{
    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        Episode episode = new RandomEpisodes(seed).Next();
        string json = EpisodeJson.Serialize(episode);
        Episode read = EpisodeJson.Deserialize(json);
        return EpisodeJson.Serialize(read) == json && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(json)) == json && !json.Contains('\n', StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Nothing_of_an_episode_is_lost()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Episode episode = new RandomEpisodes(seed).Next();

            Episode read = EpisodeJson.Deserialize(EpisodeJson.Serialize(episode));

            read.Should().BeEquivalentTo(episode, options => options.WithStrictOrdering().ComparingByMembers<Lesson>().Excluding(it => it.Failure!.Exception).Excluding(it => it.Best), "seed {0}", seed);
            read.Failure?.Exception.Should().BeOfType<RecordedException>().Which.TypeName.Should().Be(((RecordedException)episode.Failure!.Exception).TypeName);
            read.Failure?.Exception.Message.Should().Be(episode.Failure!.Exception.Message);
        }
    }

    [Fact]
    public async Task A_stream_is_written_and_read_and_stays_open()
    {
        Episode episode = new RandomEpisodes(7).Next();
        using var stream = new MemoryStream();

        await EpisodeJson.SerializeAsync(episode, stream);
        Encoding.UTF8.GetString(stream.ToArray()).Should().Be(EpisodeJson.Serialize(episode));
        stream.Position = 0;

        EpisodeJson.Serialize(await EpisodeJson.DeserializeAsync(stream)).Should().Be(EpisodeJson.Serialize(episode));
        stream.CanRead.Should().BeTrue();
    }

    [Theory]
    [InlineData("", "The episode: The document is damaged (*); write it again.")]
    [InlineData("{\"format\":", "The episode: The document is damaged (*); write it again.")]
    [InlineData("[]", "The episode: This is no reflexion-episode document; its format is ''.")]
    [InlineData("{\"format\":1}", "The episode: This is no reflexion-episode document; its format is ''.")]
    [InlineData("{\"format\":\"other\",\"version\":1}", "The episode: This is no reflexion-episode document; its format is 'other'.")]
    [InlineData("{\"format\":\"reflexion-episode\"}", "The episode: The document is of version 0, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("{\"format\":\"reflexion-episode\",\"version\":\"1\"}", "The episode: The document is of version 0, and *")]
    [InlineData("{\"format\":\"reflexion-episode\",\"version\":2,\"episode\":7}", "The episode: The document is of version 2, and this release reads versions 1 to 1; use a newer release of Reflexion.")]
    [InlineData("{\"format\":\"reflexion-episode\",\"version\":1}", "The episode: The document is damaged (The document has no episode.); write it again.")]
    [InlineData("{\"format\":\"reflexion-episode\",\"version\":1,\"episode\":{}}", "The episode: The document is damaged (*); write it again.")]
    public async Task What_cannot_be_read_says_why(string json, string problem)
    {
        FluentActions.Invoking(() => EpisodeJson.Deserialize(json)).Should().Throw<EpisodeFormatException>().WithMessage(problem);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        (await FluentActions.Awaiting(() => EpisodeJson.DeserializeAsync(stream)).Should().ThrowAsync<EpisodeFormatException>()).WithMessage(problem);
    }

    [Theory]
    [InlineData("\"score\":0.5", "\"score\":1.5", "*A TrajectoryEvaluation contradicts itself: *")]
    [InlineData("\"feedback\":\"f\"", "\"feedback\":null", "*damaged*")]
    [InlineData("\"feedback\":\"f\"", "\"feedback\":7", "*A text is a string, or an array of UTF-16 units.*")]
    [InlineData("\"strategy\":\"Retry\"", "\"strategy\":\"Guess\"", "*damaged*")]
    [InlineData("\"kind\":\"Task\"", "\"kind\":\"Instructions\"", "*A ActorPrompt contradicts itself: Instructions are sent in the system role*")]
    public void A_value_that_contradicts_itself_is_refused(string good, string bad, string problem)
    {
        string json = EpisodeJson.Serialize(new()
        {
            Id = "e",
            Task = new("t", "i"),
            Strategy = ReflexionStrategy.Retry,
            StopReason = StopReason.TrialLimit,
            Trials =
            [
                new()
                {
                    Number = 1,
                    Prompt = new([new(PromptPartKind.Task, "p", TextIntegrity.Untrusted)]),
                    Trajectory = new() { End = TrajectoryEnd.Answered },
                    Evaluation = new(0.5, false, "f"),
                },
            ],
        });
        json.Should().Contain(good);

        FluentActions.Invoking(() => EpisodeJson.Deserialize(json.Replace(good, bad, StringComparison.Ordinal))).Should().Throw<EpisodeFormatException>().WithMessage(problem);
    }

    [Fact]
    public void Arrays_that_were_never_made_are_empty()
    {
        Episode episode = new()
        {
            Id = "e",
            Task = new("t", "i"),
            Strategy = ReflexionStrategy.Retry,
            StopReason = StopReason.TrialLimit,
            Trials =
            [
                new()
                {
                    Number = 1,
                    Prompt = new([new(PromptPartKind.Task, "p", TextIntegrity.Untrusted) { LessonIds = default }]),
                    Trajectory = new() { End = TrajectoryEnd.Answered },
                    Evaluation = new(0.5, false, "f") { Evidence = default },
                },
            ],
        };

        Trial read = EpisodeJson.Deserialize(EpisodeJson.Serialize(episode)).Trials[0];

        read.Evaluation!.Evidence.Should().BeEmpty();
        read.Prompt.Parts[0].LessonIds.Should().BeEmpty();
    }

    [Fact]
    public void The_exception_of_a_failure_comes_back_as_its_type_and_message()
    {
        var episode = new Episode
        {
            Id = "e",
            Task = new("t", "i"),
            Strategy = ReflexionStrategy.Retry,
            StopReason = StopReason.Failed,
            Failure = new(AgentComponent.Actor, "It broke.", new InvalidOperationException("It broke.")),
        };

        EpisodeFailure read = EpisodeJson.Deserialize(EpisodeJson.Serialize(episode)).Failure!;

        read.Should().Match<EpisodeFailure>(failure => failure.Component == AgentComponent.Actor && failure.Message == "It broke.");
        read.Exception.Should().BeOfType<RecordedException>().Which.Should().Match<RecordedException>(
            fault => fault.TypeName == "System.InvalidOperationException" && fault.Message == "It broke.");
    }
}
