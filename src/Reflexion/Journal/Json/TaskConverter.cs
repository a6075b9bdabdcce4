using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Writes tasks.</summary>
internal sealed class TaskConverter : SurrogateConverter<AgentTask, TaskSurrogate>
{
    protected override TaskSurrogate ToSurrogate(AgentTask value) =>
        new(value.Id, value.Instruction, value.Context, value.Metadata.Count == 0 ? null : [.. value.Metadata.Select(pair => new MetadataSurrogate(pair.Key, pair.Value))]);

    protected override AgentTask FromSurrogate(TaskSurrogate surrogate) => new(surrogate.Id, surrogate.Instruction)
    {
        Context = surrogate.Context,
        Metadata = surrogate.Metadata?.ToImmutableDictionary(pair => pair.Name, pair => pair.Value) ?? ImmutableDictionary<string, string>.Empty,
    };
}
