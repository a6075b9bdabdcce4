using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One way of working that an experiment compares, as it stands in results.</summary>
/// <param name="Name">The arm's name, unlike every other's.</param>
/// <param name="Strategy">What a trial is told about the ones before it.</param>
public sealed record ExperimentArmInfo(string Name, ReflexionStrategy Strategy)
{
    /// <summary>The model's name in the experiment; empty where the arm's configuration sets the models.</summary>
    public string Model { get; init; } = "";

    /// <summary>The variant's name in the experiment; empty where there are none.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The model ids by component, as far as their clients tell.</summary>
    public ImmutableSortedDictionary<AgentComponent, string> ModelIds { get; init; } = ImmutableSortedDictionary<AgentComponent, string>.Empty;

    /// <summary>How the agent was set up, by name: for people to read.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = Ordinal;

    /// <summary>The most trials in an episode; 0 where nobody knows.</summary>
    public int MaxTrials { get; init; }

    /// <summary>Whether a held-out evaluator says what is solved.</summary>
    public bool JudgedByHeldOut { get; init; }

    /// <summary>An empty dictionary whose order does not depend on the culture.</summary>
    internal static ImmutableSortedDictionary<string, string> Ordinal { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
