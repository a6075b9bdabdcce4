namespace Reflexion;

/// <summary>A world an actor acts in. One instance serves one trial; a factory makes a fresh one for each.</summary>
/// <remarks>Calls never overlap: the next one is made after the last has completed. Disposed when the trial ends, however it ends.</remarks>
public interface IAgentEnvironment : IAsyncDisposable
{
    /// <summary>Puts the world into the state the task starts from.</summary>
    /// <param name="task">The task to set up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the actor sees first; an empty text where there is nothing to see.</returns>
    ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken);

    /// <summary>Carries out one action.</summary>
    /// <param name="action">The action. An environment answers one it does not know with a helpful observation, not with an exception.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the action led to.</returns>
    ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken);
}
