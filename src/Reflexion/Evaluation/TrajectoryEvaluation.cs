using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A verdict on a trajectory: a score and words. The return <c>G</c> of a trial is its score.</summary>
public sealed record TrajectoryEvaluation
{
    /// <summary>Creates a verdict.</summary>
    /// <param name="score">How good, in [0,1].</param>
    /// <param name="success">Whether the task is solved.</param>
    /// <param name="feedback">What was wrong or right, in words the self-reflector can use. Never the reference answer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is not a number in [0,1].</exception>
    public TrajectoryEvaluation(double score, bool success, string feedback)
    {
        if (!(score >= 0 && score <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies in [0,1]; scale the metric before reporting it.");
        }

        ArgumentNullException.ThrowIfNull(feedback);
        Score = score;
        Success = success;
        Feedback = feedback;
    }

    /// <summary>How good, in [0,1].</summary>
    public double Score { get; }

    /// <summary>Whether the task is solved.</summary>
    public bool Success { get; }

    /// <summary>What was wrong or right, in words.</summary>
    public string Feedback { get; }

    /// <summary>What the verdict rests on: quotations, votes, failing asserts. May be empty.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>Solved, with a score of 1.</summary>
    /// <param name="feedback">Words to go with it.</param>
    public static TrajectoryEvaluation Passed(string feedback = "The task is solved.") => new(1, true, feedback);

    /// <summary>Not solved.</summary>
    /// <param name="feedback">What is wrong, in words the self-reflector can use.</param>
    /// <param name="score">How close it came, in [0,1].</param>
    public static TrajectoryEvaluation Failed(string feedback, double score = 0) => new(score, false, feedback);
}
