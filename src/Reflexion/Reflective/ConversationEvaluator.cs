namespace Reflexion;

/// <summary>Lets a response that calls tools pass unjudged: it is not an answer yet.</summary>
internal sealed class ConversationEvaluator(ConversationActor actor, ITrajectoryEvaluator inner) : ITrajectoryEvaluator
{
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken) =>
        actor.LastResponseCallsTools
            ? ValueTask.FromResult(TrajectoryEvaluation.Passed("Tools are to be called before there is an answer to judge."))
            : inner.EvaluateAsync(context, cancellationToken);
}
