using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a report says of its own, beside result and analysis.</summary>
internal sealed record ReportParts
{
    public required string Title { get; init; }

    public required ReportOmissions Omitted { get; init; }

    public required ImmutableSortedDictionary<string, string> Facts { get; init; }

    public required ImmutableSortedDictionary<string, string> ModelHashes { get; init; }

    public ContaminationReport? Contamination { get; init; }
}
