namespace Reflexion;

/// <summary>A task with what its episodes are to be run with.</summary>
internal sealed record PlannedTask(DomainTask Task, EpisodeOptions Options)
{
    internal string Id => Task.Task.Id;

    internal ExperimentTaskInfo Info => new(Id) { Instruction = Task.Task.Instruction, Kind = Task.Kind };
}
