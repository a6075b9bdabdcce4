using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>How an agent works on household tasks. The defaults are the protocol of Shinn et al. 2023, section 4.1, and of its code.</summary>
public sealed record HouseholdOptions
{
    /// <summary>The actions that <see cref="HouseholdStopRule.Paper"/> grants.</summary>
    internal const int PaperActions = 30;

    /// <summary>One less than there are, since one may be of the very world.</summary>
    private const int MaxDemonstrations = HouseholdDemonstrations.MaxCount - 1;

    /// <summary>In which words games are played. Default: wording and grammar of the papers.</summary>
    public HouseholdGameOptions Game { get; init; } = new();

    /// <summary>Whether the agent can learn which commands are admissible. Default: never.</summary>
    public HouseholdCommandList CommandList { get; init; }

    /// <summary>The most actions in a trial, thoughts written as actions and malformed ones included. Default 49; in [1, 1000].</summary>
    public int MaxActions { get; init; } = 49;

    /// <summary>
    /// When a trial that leads nowhere is ended earlier. Default: as the paper says, which leaves 30 of <see cref="MaxActions"/>.
    /// </summary>
    public HouseholdStopRule StopRule { get; init; }

    /// <summary>How many worked examples of the task's kind are in the prompt, played in worlds other than the task's. Default 2; in [0, 5].</summary>
    public int Demonstrations { get; init; } = 2;

    /// <summary>Which worked examples are chosen. Default 0.</summary>
    public long DemonstrationSeed { get; init; }

    /// <summary>The most trials in an episode. Default 12; in [1, 1000].</summary>
    public int MaxTrials { get; init; } = 12;

    /// <summary>The most lessons in a prompt; the last ones. Default 3; in [0, 100].</summary>
    public int MaxLessonsInPrompt { get; init; } = 3;

    /// <summary>What the agent is told before the examples, in the system role; null (default) for a text of our own. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Whether observations are put between tags. Default false, as in the papers: a world's names are checked words.</summary>
    public bool FenceObservations { get; init; }

    /// <summary>Model, temperature and the like of the actor; null (default) for the client's own.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>Whether each call of the actor is given a seed of its own, as in <see cref="ReActOptions.SeedsCalls"/>. Default false.</summary>
    public bool SeedsCalls { get; init; }

    /// <summary>Model, temperature and the like of the self-reflector; null (default) for the client's own.</summary>
    public ChatOptions? ReflectorChatOptions { get; init; }

    /// <summary>The actions a trial may really take.</summary>
    internal int ActionLimit => StopRule == HouseholdStopRule.Paper ? Math.Min(MaxActions, PaperActions) : MaxActions;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Game);
        Game.Validate();
        OptionCheck.Defined(CommandList);
        OptionCheck.InRange(MaxActions, 1, 1000);
        OptionCheck.Defined(StopRule);
        OptionCheck.InRange(Demonstrations, 0, MaxDemonstrations);
        OptionCheck.InRange(MaxTrials, 1, 1000);
        OptionCheck.InRange(MaxLessonsInPrompt, 0, 100);
    }
}
