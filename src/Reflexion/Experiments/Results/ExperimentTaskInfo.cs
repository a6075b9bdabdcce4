namespace Reflexion;

/// <summary>A task of an experiment, as it stands in results: without its references.</summary>
/// <param name="Id">The task's id.</param>
public sealed record ExperimentTaskInfo(string Id)
{
    /// <summary>What to do, in words; empty where it was recorded elsewhere without them.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>What sort of task it is, for tables; empty where all are of one sort.</summary>
    public string Kind { get; init; } = "";
}
