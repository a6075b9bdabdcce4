namespace Reflexion;

/// <summary>Where a contamination check draws the lines.</summary>
public sealed record ContaminationOptions
{
    /// <summary>How many words in a row make a match. Default 8, as in the study of PaLM (Chowdhery et al. 2022, section 8); at least 3.</summary>
    public int Words { get; init; } = 8;

    /// <summary>
    /// The fewest words of a task that is looked for: what is shorter stands anywhere by chance. Default 4; at least 2. A task
    /// of fewer words than <see cref="Words"/> matches where all its words stand in a row.
    /// </summary>
    public int MinimumWords { get; init; } = 4;

    /// <summary>The share of a task's runs of words that must stand in an example for a finding, in [0,1]. Default 0: one run is enough.</summary>
    public double MinimumOverlap { get; init; }

    /// <summary>Whether the material that a task comes with is looked for too. Default false: the instruction alone.</summary>
    public bool IncludeContext { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Words, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumWords, 2);
        if (MinimumOverlap is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinimumOverlap), MinimumOverlap, "A share of a task's words lies in [0,1].");
        }
    }
}
