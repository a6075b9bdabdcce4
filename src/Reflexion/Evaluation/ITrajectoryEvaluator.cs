namespace Reflexion;

/// <summary>Scores a trajectory. The one interface most users implement.</summary>
/// <remarks>Called for many episodes at once: keep state out of it, or guard it.</remarks>
public interface ITrajectoryEvaluator
{
    /// <summary>Judges one trajectory.</summary>
    /// <param name="context">The task, the trajectory and the reference answers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Score, success and feedback.</returns>
    ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken);
}
