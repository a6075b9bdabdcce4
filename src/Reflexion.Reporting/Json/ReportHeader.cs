using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A report's own part of its document; result and analysis follow it as the documents that they are.</summary>
internal sealed record ReportHeader
{
    /// <summary>The name of the format.</summary>
    internal const string Name = "reflexion-report";

    /// <summary>The newest version that this code reads, and the one it writes.</summary>
    internal const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>The arm that the others are shown against; it follows from the analysis's options and the arms.</summary>
    public required string Baseline { get; init; }

    public required ReportOmissions Omitted { get; init; }

    public required ImmutableSortedDictionary<string, string> Facts { get; init; }

    public required ImmutableSortedDictionary<string, string> ModelHashes { get; init; }

    public ContaminationReport? Contamination { get; init; }

    internal static ReportHeader Of(ExperimentReport report) => new()
    {
        Format = Name,
        Version = CurrentVersion,
        Title = report.Title,
        Baseline = report.Baseline,
        Omitted = report.Omitted,
        Facts = report.Facts,
        ModelHashes = report.ModelHashes,
        Contamination = report.Contamination,
    };

    internal ReportParts ToParts() => new()
    {
        Title = Title,
        Omitted = Omitted,
        Facts = Facts.WithComparers(StringComparer.Ordinal),
        ModelHashes = ModelHashes.WithComparers(StringComparer.Ordinal),
        Contamination = Contamination,
    };
}
