using System.Text.Json.Serialization.Metadata;

namespace Reflexion.Tests;

/// <summary>Episodes as earlier releases recorded them stay readable, and what this release writes is what its version says.</summary>
/// <remarks>The files hold what the last test's run left behind; they are never changed for the same version.</remarks>
public sealed class OldEpisodeTests : IDisposable
{
    private static readonly Dictionary<JournalEntryKind, Func<JournalEntry, string>> Again = new()
    {
        [JournalEntryKind.EpisodeStarted] = entry => Rewrite(entry, JournalPayload.Context.EpisodeStart),
        [JournalEntryKind.EpisodeResumed] = entry => Rewrite(entry, JournalPayload.Context.Note),
        [JournalEntryKind.LessonsRecalled] = entry => Rewrite(entry, JournalPayload.Context.RecalledLessons),
        [JournalEntryKind.TrialStarted] = entry => Rewrite(entry, JournalPayload.Context.TrialStart),
        [JournalEntryKind.ModelCalled] = entry => Rewrite(entry, JournalPayload.Context.ModelCall),
        [JournalEntryKind.ToolCalled] = entry => Rewrite(entry, JournalPayload.Context.ToolCall),
        [JournalEntryKind.EnvironmentReset] = entry => Rewrite(entry, JournalPayload.Context.Observation),
        [JournalEntryKind.StepCompleted] = entry => Rewrite(entry, JournalPayload.Context.TrajectoryStep),
        [JournalEntryKind.TrialRestarted] = entry => Rewrite(entry, JournalPayload.Context.Note),
        [JournalEntryKind.ActorFinished] = entry => Rewrite(entry, JournalPayload.Context.ActorEnd),
        [JournalEntryKind.TrialEvaluated] = entry => Rewrite(entry, JournalPayload.Context.Verdict),
        [JournalEntryKind.HeldOutEvaluated] = entry => Rewrite(entry, JournalPayload.Context.HeldOutVerdict),
        [JournalEntryKind.LessonDrafted] = entry => Rewrite(entry, JournalPayload.Context.Draft),
        [JournalEntryKind.LessonDecided] = entry => Rewrite(entry, JournalPayload.Context.LessonDecision),
        [JournalEntryKind.TrialEnded] = entry => Rewrite(entry, JournalPayload.Context.TrialEnd),
        [JournalEntryKind.EpisodeEnded] = entry => Rewrite(entry, JournalPayload.Context.EpisodeEnd),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_document_of_version_1_is_read_and_written_as_it_was()
    {
        string golden = Read("episode.v1.json").TrimEnd();

        Episode episode = EpisodeJson.Deserialize(golden);

        EpisodeJson.Serialize(episode).Should().Be(golden);
        episode.Should().Match<Episode>(it => it.Id == "e1" && it.StopReason == StopReason.TrialLimit && it.Trials.Length == 2 && it.Trials[0].HeldOutEvaluation != null);
        episode.Trials[0].Trajectory.Steps.Should().HaveCount(3);
        episode.Trials[1].Prompt.Parts.Should().Contain(part => part.Kind == PromptPartKind.Lessons);
    }

    [Fact]
    public async Task A_journal_of_version_1_is_read_and_its_payloads_are_written_as_they_were()
    {
        FileEpisodeJournal journal = await JournalAsync(Read("journal.v1.jsonl"));
        var kinds = new HashSet<JournalEntryKind>();
        await foreach (JournalEntry entry in journal.ReadAsync("e1"))
        {
            Again[entry.Kind](entry).Should().Be(entry.Payload);
            kinds.Add(entry.Kind);
        }

        EpisodeJson.Serialize((await journal.ReadEpisodeAsync("e1"))!).Should().Be(Read("episode.v1.json").TrimEnd());
        kinds.Should().BeEquivalentTo(Enum.GetValues<JournalEntryKind>());
    }

    [Fact]
    public async Task A_journal_of_version_1_is_gone_on_with_from_any_line()
    {
        string[] lines = Read("journal.v1.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int kept = 2; kept <= lines.Length; kept++)
        {
            FileEpisodeJournal journal = await JournalAsync(string.Join('\n', [.. lines[..kept], ""]));

            Episode episode = await VersionOne(journal).RunAsync(ResumeScenario.Task, new() { EpisodeId = "e1" });

            episode.Should().Match<Episode>(it => it.StopReason == StopReason.TrialLimit && it.Trials.Length == 2, "{0} lines were kept", kept);
        }
    }

    [Fact]
    public async Task The_same_run_is_recorded_now_as_version_1_recorded_it()
    {
        var journal = new FileEpisodeJournal(_folder.Path);
        await VersionOne(new CutJournal(journal, 9)).RunAsync(ResumeScenario.Task, new() { EpisodeId = "e1" });

        Episode episode = await VersionOne(journal).RunAsync(ResumeScenario.Task, new() { EpisodeId = "e1" });

        EpisodeJson.Serialize(episode).Should().Be(Read("episode.v1.json").TrimEnd());
        (await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path, "*.jsonl")[0])).Should().Be(Read("journal.v1.jsonl"));
    }

    private static string Rewrite<T>(JournalEntry entry, JsonTypeInfo<T> type)
        where T : class => JournalPayload.Write(JournalPayload.Read(entry, type), type);

    private static string Read(string name)
    {
        using Stream file = typeof(OldEpisodeTests).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"There is no resource {name}.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>An agent whose journal holds entries of every kind.</summary>
    private static ReflexionAgent VersionOne(IEpisodeJournal journal) => ReflexionAgent.CreateBuilder(new OneToolModel())
        .UseActor(context => new StartingActor(new ToolCallingActor(context.ChatClientOf(AgentComponent.Actor), [OneToolModel.Tool], new() { Instructions = "Work." })))
        .UseEvaluator(_ => TrajectoryEvaluation.Failed("Not found.", 0.25) with { Evidence = ["It is dark."] })
        .UseHeldOutEvaluator(new DelegateEvaluator(_ => TrajectoryEvaluation.Failed("Held out.")))
        .UseReflector(new DelegateReflector(context => $"Take a light, {context.Trial.Number}."))
        .UseTimeProvider(new FakeTime())
        .UseJournal(journal)
        .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial) = (2, true))
        .Build();

    private async Task<FileEpisodeJournal> JournalAsync(string text)
    {
        var journal = new FileEpisodeJournal(_folder.Path, new() { FlushToDisk = false });
        if (Directory.GetFiles(_folder.Path, "*.jsonl") is not [var path])
        {
            await journal.AppendAsync(new("e1", 0, 0, JournalEntryKind.EpisodeStarted, DateTimeOffset.UnixEpoch, "{}"));
            path = Directory.GetFiles(_folder.Path, "*.jsonl")[0];
        }

        await File.WriteAllTextAsync(path, text);
        return new(_folder.Path, new() { FlushToDisk = false });
    }
}
