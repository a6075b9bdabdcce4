using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Everything one trial did: typed steps, the answer, why it ended. Immutable, and never a string to be parsed again.</summary>
public sealed record Trajectory
{
    /// <summary>The steps in order; empty for an actor that answers at once.</summary>
    public ImmutableArray<TrajectoryStep> Steps { get; init; } = [];

    /// <summary>The final answer, or null where none was given.</summary>
    public string? Answer { get; init; }

    /// <summary>Why the trajectory ended.</summary>
    public required TrajectoryEnd End { get; init; }

    /// <summary>More about <see cref="End"/> for a human reader, or null.</summary>
    public string? EndDetail { get; init; }

    /// <summary>What the environment said before the first step, or null.</summary>
    public Observation? InitialObservation { get; init; }

    /// <summary>The sum of the steps' rewards.</summary>
    public double Reward
    {
        get
        {
            double sum = InitialObservation?.Reward ?? 0;
            foreach (TrajectoryStep step in Steps)
            {
                sum += step.Observation?.Reward ?? 0;
            }

            return sum;
        }
    }

    /// <summary>How far a text derived from this trajectory may be trusted: as far as its least trusted observation.</summary>
    public TextIntegrity Integrity
    {
        get
        {
            TextIntegrity worst = InitialObservation?.Integrity ?? TextIntegrity.Model;
            foreach (TrajectoryStep step in Steps)
            {
                worst = step.Observation is { } seen && seen.Integrity > worst ? seen.Integrity : worst;
            }

            return worst > TextIntegrity.Model ? worst : TextIntegrity.Model;
        }
    }
}
