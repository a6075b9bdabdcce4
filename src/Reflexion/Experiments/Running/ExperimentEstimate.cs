using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What an experiment may take, told before anything is paid for.</summary>
public sealed record ExperimentEstimate
{
    /// <summary>How many episodes there are.</summary>
    public required int Episodes { get; init; }

    /// <summary>Each arm.</summary>
    public required ImmutableArray<ArmEstimate> Arms { get; init; }

    /// <summary>
    /// The most that may be used, by the budgets of episodes, arms and experiment. A held-out evaluator has a budget of its own, as large as the
    /// episode's and outside the arm's; it is counted as if it called models.
    /// </summary>
    public required UsageBound AtMost { get; init; }

    /// <summary>The tokens of the prompts of the first calls alone, at four characters a token: no run can take less.</summary>
    public required long LeastTokens { get; init; }

    /// <summary>What is to be expected; null without a pilot that has every arm.</summary>
    public ExpectedUsage? Expected { get; init; }

    /// <summary>How long rate limits make the expected calls and tokens take at least; null where nothing is expected or limited.</summary>
    public TimeSpan? LeastDuration { get; init; }
}
