using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How an <see cref="LlmJudgeEvaluator"/> judges.</summary>
public sealed record JudgeOptions
{
    /// <summary>
    /// The rubric: one sentence for each criterion. Trusted text, sent in the system role. At least one.
    /// Default: the task is fulfilled, nothing is made up, and the answer stands on its own.
    /// </summary>
    public ImmutableArray<string> Criteria { get; init; } =
    [
        "The final answer or outcome does everything the task asks for.",
        "What it states is correct and supported by what the agent observed; nothing is made up.",
        "It can be understood without reading the steps that led to it.",
    ];

    /// <summary>The highest grade of a scale from 1 (mapped to score 0) to this one (mapped to score 1), in [2,100]; null (default) to ask for a score in [0,1].</summary>
    public int? ScalePoints { get; init; }

    /// <summary>The score from which a vote that leaves success open counts as "solved", in (0,1]. Default 0.7.</summary>
    public double SuccessThreshold { get; init; } = 0.7;

    /// <summary>How many times to ask, independently; the majority decides on success (Wang et al. 2022, self-consistency). Default 1; in [1,99].</summary>
    public int Votes { get; init; } = 1;

    /// <summary>How the scores of several votes become one. Default: their mean.</summary>
    public VoteAggregation Aggregation { get; init; }

    /// <summary>How the judge is held to its reply format. Default: by the prompt alone.</summary>
    public JudgeFormat Format { get; init; }

    /// <summary>Whether the judge sees the reference answers, where there are any. Default true. Feedback that quotes them is withheld.</summary>
    public bool ShowReference { get; init; } = true;

    /// <summary>Where the references stand. Default: before the trajectory.</summary>
    public ReferencePosition ReferencePosition { get; init; }

    /// <summary>
    /// Temperature, output limit, model and so on; null (default) for the client's own. Cloned for every call. A
    /// <see cref="ChatOptions.Seed"/> is raised by one for each further vote, so that votes differ.
    /// </summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>The most characters of the trajectory in the prompt; its middle is left out where it is longer. Default 16,000; at least 200.</summary>
    public int MaxTrajectoryCharacters { get; init; } = TrajectoryRenderer.DefaultMaxCharacters;

    /// <summary>The most characters of the task's context in the prompt. Default 16,000; at least 200.</summary>
    public int MaxContextCharacters { get; init; } = TrajectoryRenderer.DefaultMaxCharacters;

    /// <summary>What the calls are counted as: <see cref="AgentComponent.Evaluator"/> (default) or <see cref="AgentComponent.HeldOutEvaluator"/>.</summary>
    public AgentComponent Component { get; init; } = AgentComponent.Evaluator;

    internal JudgeOptions Validate()
    {
        if (Criteria.IsDefaultOrEmpty || Criteria.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A judge needs at least one criterion, and none may be blank.", nameof(Criteria));
        }

        if (Component is not (AgentComponent.Evaluator or AgentComponent.HeldOutEvaluator))
        {
            throw new ArgumentException($"A judge is counted as {nameof(AgentComponent.Evaluator)} or {nameof(AgentComponent.HeldOutEvaluator)}, not as {Component}.", nameof(Component));
        }

        Between(ScalePoints ?? 2, 2, 100, nameof(ScalePoints));
        Between(Votes, 1, 99, nameof(Votes));
        Threshold.Check(SuccessThreshold, nameof(SuccessThreshold));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTrajectoryCharacters, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxContextCharacters, 200);
        return this;
    }

    private static void Between(int value, int low, int high, string name)
    {
        if (value < low || value > high)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} lies in [{low},{high}].");
        }
    }
}
