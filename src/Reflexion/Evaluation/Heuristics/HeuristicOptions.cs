namespace Reflexion;

/// <summary>What a <see cref="HeuristicEvaluator"/> takes for a sign of trouble. The defaults follow Shinn et al. 2023, section 4.1.</summary>
/// <remarks>A penalty of 0 makes a finding a mere remark: it is reported and does not count against success.</remarks>
public sealed record HeuristicOptions
{
    /// <summary>How often the same action may lead to the same observation. Default 3; at least 1.</summary>
    public int MaxRepeats { get; init; } = 3;

    /// <summary>How many steps a trial may take. Default 30; at least 1.</summary>
    public int MaxSteps { get; init; } = 30;

    /// <summary>Whether a trial must end with an answer, unless the environment ended it. Default true.</summary>
    public bool RequiresAnswer { get; init; } = true;

    /// <summary>Taken off the score for repetition; in [0,1]. Default 0.5.</summary>
    public double RepetitionPenalty { get; init; } = 0.5;

    /// <summary>Taken off the score for too many steps; in [0,1]. Default 0.5.</summary>
    public double StepsPenalty { get; init; } = 0.5;

    /// <summary>Taken off the score for a missing or empty answer; in [0,1]. Default 1.</summary>
    public double NoAnswerPenalty { get; init; } = 1;

    /// <summary>Taken off the score for a trial that neither the actor nor the environment ended; in [0,1]. Default 1.</summary>
    public double UnfinishedPenalty { get; init; } = 1;

    internal HeuristicOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRepeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        Check(RepetitionPenalty, nameof(RepetitionPenalty));
        Check(StepsPenalty, nameof(StepsPenalty));
        Check(NoAnswerPenalty, nameof(NoAnswerPenalty));
        Check(UnfinishedPenalty, nameof(UnfinishedPenalty));
        return this;
    }

    private static void Check(double penalty, string name)
    {
        if (penalty is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, penalty, "A penalty lies in [0,1].");
        }
    }
}
