namespace Reflexion.Tests;

/// <summary>Gives the trials of a replay the numbers that were recorded: the loop counts without gaps, and of a recorded run a line may be missing.</summary>
internal sealed class RecordedNumbers(RecordedRun run)
{
    private readonly Dictionary<string, int[]> _byTask = run.Episodes.ToDictionary(episode => episode.Id, episode => episode.Lines.Select(run.NumberOf).ToArray());

    internal ExperimentResult Apply(ExperimentResult result)
    {
        Dictionary<string, int[]> byEpisode = result.Episodes.ToDictionary(episode => episode.EpisodeId, episode => _byTask[episode.TaskId]);
        return new(result.Name, result.Arms, result.Tasks, result.Seeds, result.Episodes.Select(Apply))
        {
            Memories = [.. result.Memories.Select(memory => memory with { Snapshot = Apply(memory.Snapshot, byEpisode) })],
            StartedAt = result.StartedAt,
            Duration = result.Duration,
        };
    }

    private EpisodeRecord Apply(EpisodeRecord record)
    {
        int[] numbers = _byTask[record.TaskId];
        return record with
        {
            Trials = [.. record.Trials.Select(trial => trial with { Number = numbers[trial.Number - 1] })],
            Episode = record.Episode! with { Trials = [.. record.Episode.Trials.Select(trial => Apply(trial, numbers))] },
        };
    }

    private static Trial Apply(Trial trial, int[] numbers) => trial with
    {
        Number = numbers[trial.Number - 1],
        Lesson = trial.Lesson is null ? null : Apply(trial.Lesson, _ => numbers),
    };

    private static MemorySnapshot Apply(MemorySnapshot memory, Dictionary<string, int[]> byEpisode) => memory with
    {
        Lessons = [.. memory.Lessons.Select(lesson => Apply(lesson, id => byEpisode[id]))],
        Uses = [.. memory.Uses.Select(use => use with { Trial = byEpisode[use.EpisodeId][use.Trial - 1] })],
        Quarantine = [.. memory.Quarantine.Select(rejected => rejected with { Lesson = Apply(rejected.Lesson, id => byEpisode[id]) })],
    };

    private static Lesson Apply(Lesson lesson, Func<string, int[]> numbersOf) => lesson with
    {
        Provenances = [.. lesson.Provenances.Select(origin => origin with { Trial = numbersOf(origin.EpisodeId)[origin.Trial - 1] })],
    };
}
