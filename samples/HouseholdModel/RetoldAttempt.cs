namespace Reflexion.Samples.HouseholdModel;

/// <summary>Puts the whole last attempt into the actor's prompt, in the words that the actor knows.</summary>
public sealed class RetoldAttempt : IRetrospectiveModel
{
    /// <inheritdoc/>
    public ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Trials.IsDefaultOrEmpty
            ? context.BasePrompt
            : context.BasePrompt.With(new PromptPart(
                PromptPartKind.LastAttempt, PlayerPrompts.Retell(PlayerPrompts.AttemptOf(context.Task, context.Trials[^1])), TextIntegrity.Untrusted)));
    }
}
