using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Everything that an experiment found: every episode of every arm, task and seed, and how it was set up.</summary>
/// <remarks>
/// Immutable. It can be made from outcomes that were recorded elsewhere: give arms, tasks, seeds and the episodes there are; the ones
/// missing count as <see cref="ExperimentOutcome.Unfinished"/>. <see cref="ExperimentAnalysis.Of"/> makes curves and comparisons of it.
/// </remarks>
public sealed record ExperimentResult
{
    private readonly Dictionary<(string Arm, string TaskId, int Seed), EpisodeRecord> _byCell;

    /// <summary>Creates a result.</summary>
    /// <param name="name">The experiment's name. Not blank.</param>
    /// <param name="arms">The arms, each name once; at least one.</param>
    /// <param name="tasks">The tasks, each id once; at least one.</param>
    /// <param name="seeds">The seeds, each once; at least one.</param>
    /// <param name="episodes">The episodes there are, at most one for each arm, task and seed, and none of others.</param>
    /// <exception cref="ArgumentException">Something is missing, doubled, or of an arm, a task or a seed that is not listed.</exception>
    public ExperimentResult(
        string name, IEnumerable<ExperimentArmInfo> arms, IEnumerable<ExperimentTaskInfo> tasks, IEnumerable<int> seeds, IEnumerable<EpisodeRecord> episodes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(episodes);
        Name = name;
        Arms = Distinct(arms, arm => arm.Name, nameof(arms));
        Tasks = Distinct(tasks, task => task.Id, nameof(tasks));
        Seeds = Distinct(seeds, seed => seed, nameof(seeds));
        Dictionary<(string, string, int), EpisodeRecord> given = ByCell(episodes);
        Episodes =
        [
            .. from arm in Arms
               from task in Tasks
               from seed in Seeds
               select given.GetValueOrDefault((arm.Name, task.Id, seed))
                   ?? new EpisodeRecord(arm.Name, task.Id, seed, ExperimentOutcome.Unfinished) { Detail = "It was not run." },
        ];
        _byCell = ByCell(Episodes);
        if (given.Keys.FirstOrDefault(cell => !_byCell.ContainsKey(cell)) is { Item1: not null } stray)
        {
            throw new ArgumentException($"An episode belongs to arm '{stray.Item1}', task '{stray.Item2}' and seed {stray.Item3}, and one of these is not listed.", nameof(episodes));
        }
    }

    /// <summary>The experiment's name.</summary>
    public string Name { get; }

    /// <summary>The arms, in the order given.</summary>
    public ImmutableArray<ExperimentArmInfo> Arms { get; }

    /// <summary>The tasks, in the order given.</summary>
    public ImmutableArray<ExperimentTaskInfo> Tasks { get; }

    /// <summary>The seeds, in the order given.</summary>
    public ImmutableArray<int> Seeds { get; }

    /// <summary>One record for each arm, task and seed, in this order, run or not: their number is always the product of the three.</summary>
    public ImmutableArray<EpisodeRecord> Episodes { get; }

    /// <summary>The memories of the arms, where they were kept and could be read.</summary>
    public ImmutableArray<ExperimentMemory> Memories { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How the experiment was set up, by name, versions and hashes included: for people to read.</summary>
    public ImmutableSortedDictionary<string, string> Configuration { get; init; } = ExperimentArmInfo.Ordinal;

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long this run of it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether every episode was run to its end.</summary>
    public bool IsComplete => Episodes.All(episode => episode.Outcome != ExperimentOutcome.Unfinished);

    /// <summary>How many episodes had each outcome, zeros included; they add up to <see cref="Episodes"/>.</summary>
    public ImmutableSortedDictionary<ExperimentOutcome, int> Outcomes => OutcomeCount.Of(Episodes);

    /// <summary>The episodes of an arm, by task and seed.</summary>
    /// <param name="arm">The arm's name.</param>
    public IEnumerable<EpisodeRecord> EpisodesOf(string arm) => Episodes.Where(episode => episode.Arm == arm);

    /// <summary>The episode of an arm, a task and a seed.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The record, or null where arm, task or seed are not of this experiment.</returns>
    public EpisodeRecord? Find(string arm, string taskId, int seed) => _byCell.GetValueOrDefault((arm, taskId, seed));

    private static Dictionary<(string, string, int), EpisodeRecord> ByCell(IEnumerable<EpisodeRecord> episodes)
    {
        var byCell = new Dictionary<(string, string, int), EpisodeRecord>();
        foreach (EpisodeRecord episode in episodes)
        {
            if (!byCell.TryAdd((episode.Arm, episode.TaskId, episode.Seed), episode))
            {
                throw new ArgumentException($"There are two episodes of arm '{episode.Arm}' at task '{episode.TaskId}' with seed {episode.Seed}.", nameof(episodes));
            }
        }

        return byCell;
    }

    private static ImmutableArray<T> Distinct<T, TKey>(IEnumerable<T> items, Func<T, TKey> key, string name)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(items, name);
        ImmutableArray<T> all = [.. items];
        return all.IsEmpty ? throw new ArgumentException($"There are no {name}.", name)
            : all.CountBy(key).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } doubled ? throw new ArgumentException($"'{doubled.Key}' is listed twice among the {name}.", name)
            : all;
    }
}
