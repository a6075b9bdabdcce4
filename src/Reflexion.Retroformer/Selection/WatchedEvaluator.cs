namespace Reflexion.Retroformer;

/// <summary>Judges as another evaluator does, and says which score an episode's trial got.</summary>
internal sealed class WatchedEvaluator(ITrajectoryEvaluator evaluator, Action<string, double> judged) : ITrajectoryEvaluator
{
    public async ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        TrajectoryEvaluation verdict = await evaluator.EvaluateAsync(context, cancellationToken).ConfigureAwait(false);
        if (verdict is not null)
        {
            judged(context.Run.EpisodeId, verdict.Score);
        }

        return verdict!;
    }
}
