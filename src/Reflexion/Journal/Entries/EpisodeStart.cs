namespace Reflexion;

/// <summary>The payload of the first entry: what an episode is, so that another run can tell whether it is the same one.</summary>
internal sealed record EpisodeStart
{
    /// <summary>The newest version of the payloads that this code reads, and the one it writes.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string Agent { get; init; }

    public required AgentTask Task { get; init; }

    public required ReflexionStrategy Strategy { get; init; }

    public required string Tenant { get; init; }

    public required int Seed { get; init; }

    /// <summary>A hash of the acceptable answers, which themselves have no place in a journal.</summary>
    public required string References { get; init; }

    /// <summary>The options of the agent that decide what happens. Budgets are not among them: they may be raised.</summary>
    public required string Options { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public static EpisodeStart Of(RunningEpisode episode, DateTimeOffset startedAt) => new()
    {
        Version = CurrentVersion,
        Agent = episode.Agent.Name,
        Task = episode.Task,
        Strategy = episode.Agent.Strategy,
        Tenant = episode.Options.Tenant,
        Seed = episode.Options.Seed,
        References = JournalHash.Of([episode.Run.EpisodeId, .. episode.Options.References]),
        Options = Describe(episode.Agent),
        StartedAt = startedAt,
    };

    /// <summary>What differs between two runs that are to be one; empty where nothing does.</summary>
    public string DifferenceFrom(EpisodeStart other)
    {
        var differences = new List<string>();
        void Compare(string name, object recorded, object given)
        {
            if (!recorded.Equals(given))
            {
                differences.Add($"its {name} is '{recorded}' and this run's '{given}'");
            }
        }

        Compare("agent", other.Agent, Agent);
        Compare("task", other.Task.Id, Task.Id);
        Compare("strategy", other.Strategy, Strategy);
        Compare("tenant", other.Tenant, Tenant);
        Compare("seed", other.Seed, Seed);
        Compare("options", other.Options, Options);
        Compare("references' hash", other.References, References);
        if (other.Task.Id == Task.Id && (other.Task.Instruction != Task.Instruction || other.Task.Context != Task.Context))
        {
            differences.Add($"its task '{Task.Id}' has another instruction or context");
        }

        return string.Join("; ", differences);
    }

    private static string Describe(ReflexionAgentOptions agent) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"MaxTrials={agent.MaxTrials} MaxLessonsInPrompt={agent.MaxLessonsInPrompt} LessonBreadth={agent.LessonBreadth} LearnFromSuccess={agent.LearnFromSuccess} ReflectAfterLastTrial={agent.ReflectAfterLastTrial} MaxLessonCharacters={agent.MaxLessonCharacters}");
}
