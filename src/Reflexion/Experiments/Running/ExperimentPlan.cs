using System.Collections.Immutable;

namespace Reflexion;

/// <summary>All that an experiment was asked to do. Nothing of a run is in it.</summary>
internal sealed record ExperimentPlan
{
    public required string Name { get; init; }

    public required ImmutableArray<ArmDefinition> Arms { get; init; }

    public required ImmutableArray<PlannedTask> Tasks { get; init; }

    public required ImmutableArray<int> Seeds { get; init; }

    public required ExperimentOptions Options { get; init; }

    /// <summary>Done to the builder of every arm, before what makes the arm.</summary>
    public required ImmutableArray<Action<ReflexionAgentBuilder>> Common { get; init; }

    public required ImmutableArray<ExperimentModel> Models { get; init; }

    public required ImmutableSortedDictionary<string, string> Configuration { get; init; }

    public required TimeProvider Time { get; init; }

    public required IServiceProvider Services { get; init; }

    /// <summary>A builder set up for one arm and seed, the arm's own settings last.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="memory">The memory, unless the configuration sets one.</param>
    internal ReflexionAgentBuilder BuilderOf(ArmDefinition arm, int seed, IEpisodicMemory memory)
    {
        ReflexionAgentBuilder builder = new ReflexionAgentBuilder().UseTimeProvider(Time).UseMemory(memory);
        foreach (Action<ReflexionAgentBuilder> configure in Common)
        {
            configure(builder);
        }

        arm.Configure(builder, seed);
        return builder;
    }
}
