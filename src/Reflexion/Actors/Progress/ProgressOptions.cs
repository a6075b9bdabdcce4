namespace Reflexion;

/// <summary>When a trial that leads nowhere is ended. Each check can be turned off with null.</summary>
public sealed record ProgressOptions
{
    /// <summary>
    /// How often the same actions with the same observations may come round, whatever the length of the round, before the
    /// trial ends with <see cref="TrajectoryEnd.Cycle"/>. Default 3 (the heuristic of Shinn et al. 2023, section 4.1, there
    /// for rounds of one step); at least 2.
    /// </summary>
    public int? CycleRepeats { get; init; } = 3;

    /// <summary>
    /// How many steps in a row may bring neither an observation that is new in the trial nor a reward, before it ends with
    /// <see cref="TrajectoryEnd.NoProgress"/>. Default 10; at least 1.
    /// </summary>
    public int? MaxStepsWithoutNews { get; init; } = 10;

    /// <summary>
    /// How many replies in a row may hold no readable action before the trial ends with <see cref="TrajectoryEnd.NoProgress"/>.
    /// Default 3; at least 1.
    /// </summary>
    public int? MaxConsecutiveMalformed { get; init; } = 3;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CycleRepeats ?? 2, 2, nameof(CycleRepeats));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStepsWithoutNews ?? 1, 1, nameof(MaxStepsWithoutNews));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConsecutiveMalformed ?? 1, 1, nameof(MaxConsecutiveMalformed));
    }
}
