namespace Reflexion.LanguageModels;

/// <summary>How the learning rate changes from update to update: it rises linearly at first, then stays or falls.</summary>
public sealed record LearningRateSchedule
{
    private LearningRateSchedule(LearningRateDecay decay, int warmupSteps, int totalSteps, double floor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        if (decay != LearningRateDecay.None && totalSteps <= warmupSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, $"There must be more updates than the {warmupSteps} of the warm-up.");
        }

        if (floor is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(floor), floor, "The floor is a share of the learning rate in [0,1].");
        }

        (Decay, WarmupSteps, TotalSteps, Floor) = (decay, warmupSteps, totalSteps, floor);
    }

    /// <summary>How the rate falls after the warm-up.</summary>
    public LearningRateDecay Decay { get; }

    /// <summary>Updates until the full rate is reached.</summary>
    public int WarmupSteps { get; }

    /// <summary>Updates until the floor is reached; 0 when the rate does not fall.</summary>
    public int TotalSteps { get; }

    /// <summary>What is left of the rate at the end, as a share in [0,1].</summary>
    public double Floor { get; }

    /// <summary>The full rate from the end of the warm-up on.</summary>
    /// <param name="warmupSteps">Updates until the full rate is reached.</param>
    public static LearningRateSchedule Constant(int warmupSteps = 0) => new(LearningRateDecay.None, warmupSteps, 0, 1);

    /// <summary>Falls in a straight line.</summary>
    /// <param name="totalSteps">Updates until the floor is reached.</param>
    /// <param name="warmupSteps">Updates until the full rate is reached.</param>
    /// <param name="floor">What is left at the end, as a share.</param>
    public static LearningRateSchedule Linear(int totalSteps, int warmupSteps = 0, double floor = 0) =>
        new(LearningRateDecay.Linear, warmupSteps, totalSteps, floor);

    /// <summary>Falls along half a cosine (Loshchilov and Hutter 2017).</summary>
    /// <param name="totalSteps">Updates until the floor is reached.</param>
    /// <param name="warmupSteps">Updates until the full rate is reached.</param>
    /// <param name="floor">What is left at the end, as a share.</param>
    public static LearningRateSchedule Cosine(int totalSteps, int warmupSteps = 0, double floor = 0) =>
        new(LearningRateDecay.Cosine, warmupSteps, totalSteps, floor);

    /// <summary>What the learning rate is multiplied with.</summary>
    /// <param name="step">The number of the update, from 1.</param>
    public double FactorAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (step <= WarmupSteps)
        {
            return (double)step / WarmupSteps;
        }

        double progress = Decay == LearningRateDecay.None ? 0 : Math.Min(1, (step - 1.0 - WarmupSteps) / (TotalSteps - WarmupSteps));
        double left = Decay == LearningRateDecay.Cosine ? (1 + Math.Cos(Math.PI * progress)) / 2 : 1 - progress;
        return Floor + ((1 - Floor) * left);
    }
}
