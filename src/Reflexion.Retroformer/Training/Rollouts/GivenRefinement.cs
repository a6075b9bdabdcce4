namespace Reflexion.Retroformer;

/// <summary>Puts a refinement into the prompt of a retry the way <see cref="LlmRetrospectiveModel"/> does with what its model writes.</summary>
internal sealed class GivenRefinement(string refinement, RetrospectiveContext failure, RetrospectiveOptions writing) : IRetrospectiveModel
{
    public async ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        using var reply = new GivenReply(refinement);
        return await new LlmRetrospectiveModel(reply, writing)
            .RewriteAsync(context with { Lessons = failure.Lessons, Trials = failure.Trials }, cancellationToken).ConfigureAwait(false);
    }
}
