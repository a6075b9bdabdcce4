using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a report says besides the result, and how much of it.</summary>
public sealed record ReportOptions
{
    /// <summary>The page's title; null (default) for the experiment's name.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The arm that the others are shown and compared against; null (default) for <see cref="AnalysisOptions.Baseline"/>. Where that is null
    /// too, every two arms are compared, and the curves show the first retrying arm, else the first arm, as the baseline.
    /// </summary>
    public string? Baseline { get; init; }

    /// <summary>How the experiment is analysed.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>More about how the experiment was set up, by name: a commit, a machine, a temperature. Default: nothing.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ReportFacts.None;

    /// <summary>Hashes of weights and adapters, by the model's or adapter's name. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> ModelHashes { get; init; } = ReportFacts.None;

    /// <summary>What <see cref="Experiment.CheckContamination"/> found; null (default) where it was not asked.</summary>
    public ContaminationReport? Contamination { get; init; }

    /// <summary>
    /// The most episodes that are shown with prompts and trajectories; of the others only the summary is. Whole tasks are shown, with all arms
    /// and seeds, the first tasks first. Default 2,000; at least 0.
    /// </summary>
    public int MaxDetailedEpisodes { get; init; } = 2_000;

    /// <summary>The most characters of prompts and trajectories, over all episodes; what goes beyond is left out as by <see cref="MaxDetailedEpisodes"/>. Default 16 million; at least 0.</summary>
    public int MaxDetailCharacters { get; init; } = 16_000_000;

    /// <summary>The most lessons of each memory, and the most rejected ones; the most used are shown. Default 5,000; at least 0.</summary>
    public int MaxLessons { get; init; } = 5_000;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Analysis);
        ArgumentNullException.ThrowIfNull(Facts);
        ArgumentNullException.ThrowIfNull(ModelHashes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxDetailedEpisodes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxDetailCharacters);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxLessons);
        if (Title is not null && string.IsNullOrWhiteSpace(Title))
        {
            throw new ArgumentException("A title is not blank; leave it null for the experiment's name.", nameof(Title));
        }
    }
}
