namespace Reflexion;

/// <summary>How an agent works. Every limit is finite by default.</summary>
public sealed class ReflexionAgentOptions
{
    /// <summary>The agent's name: in telemetry, and as the owner of its lessons. Default <c>reflexion</c>; not blank.</summary>
    public string Name { get; set; } = "reflexion";

    /// <summary>What a trial is told about the ones before it. Default: lessons.</summary>
    public ReflexionStrategy Strategy { get; set; } = ReflexionStrategy.Reflexion;

    /// <summary>The most trials in an episode. Default 5; in [1, 1000].</summary>
    public int MaxTrials { get; set; } = 5;

    /// <summary>Ω, the most lessons in a prompt. Default 3, as in Shinn et al. 2023, section 3; in [0, 100].</summary>
    public int MaxLessonsInPrompt { get; set; } = 3;

    /// <summary>How far recall looks. Default: lessons of the same task.</summary>
    public LessonBreadth LessonBreadth { get; set; } = LessonBreadth.Task;

    /// <summary>Whether successful trials are reflected on too. Default false.</summary>
    public bool LearnFromSuccess { get; set; }

    /// <summary>
    /// Whether the last failure is reflected on although no trial follows it in this episode. Default false: such a
    /// lesson costs a call and only a later episode of the same task can use it.
    /// </summary>
    public bool ReflectAfterLastTrial { get; set; }

    /// <summary>The most characters in a lesson, and in its root cause and plan; a longer text is cut at a sentence or word. Default 2,000; at least 100.</summary>
    public int MaxLessonCharacters { get; set; } = 2_000;

    /// <summary>What an episode may spend.</summary>
    public EpisodeBudget Budget { get; set; } = new();

    /// <summary>Says what is wrong with the options.</summary>
    /// <returns>One sentence for each fault; none where the options are sound.</returns>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return $"{nameof(Name)} is blank; give the agent a name, its lessons are filed under it.";
        }

        if (!Enum.IsDefined(Strategy))
        {
            yield return $"{nameof(Strategy)} is {(int)Strategy}, which is no strategy.";
        }

        if (!Enum.IsDefined(LessonBreadth))
        {
            yield return $"{nameof(LessonBreadth)} is {(int)LessonBreadth}, which is no breadth.";
        }

        if (MaxTrials is < 1 or > 1000)
        {
            yield return $"{nameof(MaxTrials)} is {MaxTrials}; it lies in [1, 1000].";
        }

        if (MaxLessonsInPrompt is < 0 or > 100)
        {
            yield return $"{nameof(MaxLessonsInPrompt)} is {MaxLessonsInPrompt}; it lies in [0, 100].";
        }

        if (MaxLessonCharacters < 100)
        {
            yield return $"{nameof(MaxLessonCharacters)} is {MaxLessonCharacters}; it is at least 100.";
        }

        string? budget = null;
        try
        {
            (Budget ?? throw new ArgumentException($"{nameof(Budget)} is null; leave it at its default for finite limits.")).Validate();
        }
        catch (ArgumentException fault)
        {
            budget = fault.Message;
        }

        if (budget is not null)
        {
            yield return budget;
        }
    }
}
