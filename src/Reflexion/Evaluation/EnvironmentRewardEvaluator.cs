using System.Globalization;

namespace Reflexion;

/// <summary>Takes the environment's word: the score is the trajectory's reward, clamped to [0,1].</summary>
/// <remarks>Stateless and safe to share.</remarks>
public sealed class EnvironmentRewardEvaluator : ITrajectoryEvaluator
{
    private readonly double _threshold;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="threshold">The reward from which the task counts as solved, in (0,1]. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not in (0,1].</exception>
    public EnvironmentRewardEvaluator(double threshold = 1.0) => _threshold = Threshold.Check(threshold, nameof(threshold));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The environment's rewards do not add up to a number.</exception>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        double reward = context.Trajectory.Reward;
        if (double.IsNaN(reward))
        {
            throw new InvalidOperationException("The rewards of the trajectory add up to NaN; the environment must give each observation a reward in [0,1].");
        }

        double score = Math.Clamp(reward, 0, 1);
        bool success = Threshold.Reached(score, _threshold);
        string needed = success ? "" : string.Create(CultureInfo.InvariantCulture, $", and {_threshold:0.####} is needed");
        string feedback = string.Create(
            CultureInfo.InvariantCulture, $"The environment gave a reward of {reward:0.####}{needed}. The trial ended because {EndWords.Of(context.Trajectory)}.");
        return ValueTask.FromResult(new TrajectoryEvaluation(score, success, feedback));
    }
}
