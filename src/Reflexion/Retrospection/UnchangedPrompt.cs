namespace Reflexion;

/// <summary>Leaves the prompt as it is: plain retrying, the papers' baseline and the null arm of every comparison.</summary>
public sealed class UnchangedPrompt : IRetrospectiveModel
{
    /// <inheritdoc/>
    public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.BasePrompt);
    }
}
