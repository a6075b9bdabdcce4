using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Which examples hold parts of which tasks.</summary>
public sealed record ContaminationReport
{
    /// <summary>The findings: exact ones first, then by overlap, largest first.</summary>
    public required ImmutableArray<ContaminationFinding> Findings { get; init; }

    /// <summary>How many examples were looked through.</summary>
    public required int Examples { get; init; }

    /// <summary>How many tasks were looked for.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tasks too short to be looked for.</summary>
    public required ImmutableArray<string> TooShort { get; init; }

    /// <summary>The ids of the tasks with a finding, in order of their first.</summary>
    public IEnumerable<string> ContaminatedTasks => Findings.Select(finding => finding.TaskId).Distinct();

    /// <summary>Whether nothing was found.</summary>
    public bool IsClean => Findings.IsEmpty;
}
