using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Chooses what of a result a report shows.</summary>
internal static class ReportSelection
{
    internal static (ExperimentResult Shown, ReportOmissions Omitted) Of(ExperimentResult result, ReportOptions options)
    {
        HashSet<EpisodeRecord> detailed = Detailed(result, options);
        ImmutableArray<EpisodeRecord> episodes = [.. result.Episodes.Select(episode => detailed.Contains(episode) ? episode : episode with { Episode = null })];
        ImmutableArray<ExperimentMemory> memories = [.. result.Memories.Select(memory => memory with { Snapshot = Cut(memory.Snapshot, options.MaxLessons) })];
        var shown = new ExperimentResult(result.Name, result.Arms, result.Tasks, result.Seeds, episodes)
        {
            Configuration = result.Configuration,
            StartedAt = result.StartedAt,
            Duration = result.Duration,
            Memories = memories,
        };
        return (shown, new(
            result.Episodes.Count(HasDetail) - detailed.Count,
            Lost(result.Memories, memories, snapshot => snapshot.Lessons.Length),
            Lost(result.Memories, memories, snapshot => snapshot.Quarantine.Length)));
    }

    // Whole tasks, so that every trajectory can be read beside the other arms' at the same task.
    private static HashSet<EpisodeRecord> Detailed(ExperimentResult result, ReportOptions options)
    {
        var detailed = new HashSet<EpisodeRecord>(ReferenceEqualityComparer.Instance);
        long characters = 0;
        ILookup<string, EpisodeRecord> byTask = result.Episodes.Where(HasDetail).ToLookup(episode => episode.TaskId);
        foreach (EpisodeRecord[] episodes in result.Tasks.Select(task => byTask[task.Id].ToArray()))
        {
            characters += episodes.Sum(episode => EpisodeLength.Of(episode.Episode!));
            if (detailed.Count + episodes.Length > options.MaxDetailedEpisodes || characters > options.MaxDetailCharacters)
            {
                break;
            }

            detailed.UnionWith(episodes);
        }

        return detailed;
    }

    private static bool HasDetail(EpisodeRecord episode) => episode.Episode is not null;

    // Embeddings and the ledger of single uses are for machines; credit sums the ledger up.
    private static MemorySnapshot Cut(MemorySnapshot snapshot, int most)
    {
        HashSet<Lesson> kept = new(snapshot.Lessons.OrderByDescending(lesson => lesson.Credit.Uses).Take(most), ReferenceEqualityComparer.Instance);
        return new()
        {
            Lessons = [.. snapshot.Lessons.Where(kept.Contains).Select(lesson => lesson with { Embedding = null })],
            Quarantine = [.. snapshot.Quarantine.TakeLast(most).Select(rejected => rejected with { Lesson = rejected.Lesson with { Embedding = null } })],
        };
    }

    private static int Lost(ImmutableArray<ExperimentMemory> all, ImmutableArray<ExperimentMemory> kept, Func<MemorySnapshot, int> count) =>
        all.Sum(memory => count(memory.Snapshot)) - kept.Sum(memory => count(memory.Snapshot));
}
