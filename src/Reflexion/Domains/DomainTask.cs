using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A task of a domain, with what only evaluators may know of it.</summary>
/// <param name="Task">The task, as the agent sees it.</param>
public sealed record DomainTask(AgentTask Task)
{
    /// <summary>The acceptable answers; none (default) where the world or a test decides. They reach evaluators only.</summary>
    public ImmutableArray<string> References { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What sort of task it is, for tables; empty (default) where all are of one sort.</summary>
    public string Kind { get; init; } = "";
}
