using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What may differ from one run of an agent to the next.</summary>
public sealed record EpisodeOptions
{
    /// <summary>The acceptable answers; none by default. They reach evaluators only; a lesson that quotes one is rejected.</summary>
    public ImmutableArray<string> References { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whose data this is; lessons never cross a tenant. Default empty.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>
    /// The episode's id; null (default) to generate one. With a journal that knows the id, the run goes on with the recorded episode
    /// or, where that has ended, returns it.
    /// </summary>
    public string? EpisodeId { get; init; }

    /// <summary>Seeds what is random in the run. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Limits for this episode in place of the agent's; null (default) for the agent's.</summary>
    public EpisodeBudget? Budget { get; init; }

    /// <summary>
    /// A ledger this episode is charged to as well, so that several episodes share limits of calls, tokens and cost; null
    /// (default) for none. Its <see cref="EpisodeBudget.MaxDuration"/> is not looked at: time is each episode's own. An episode that is
    /// taken up from a journal is charged with what it had used before, too, unless that was charged to this very ledger: a ledger
    /// remembers the episodes of journals, so that taking one up any number of times charges each call once.
    /// </summary>
    public BudgetLedger? SharedBudget { get; init; }

    /// <summary>
    /// Asks the episode to end early and keep what it has: the episode then ends with <see cref="StopReason.Stopped"/> and
    /// its best trial, where a cancelled <c>cancellationToken</c> throws. Meant for Ctrl-C.
    /// </summary>
    public CancellationToken StopToken { get; init; }
}
