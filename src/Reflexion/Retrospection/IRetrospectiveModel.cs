namespace Reflexion;

/// <summary>Rewrites the actor's prompt from what was learnt (Yao et al. 2023, section 4.1, the retrospective model M_r).</summary>
/// <remarks>Called for many episodes at once: implementations hold configuration only.</remarks>
public interface IRetrospectiveModel
{
    /// <summary>Makes the prompt of the next trial.</summary>
    /// <param name="context">The actor's base prompt, the recalled lessons and the trials so far.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The base prompt with parts added late; what stands before them is unchanged to the byte.</returns>
    ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken);
}
