namespace Reflexion;

/// <summary>Works on a task: writes the prompt's fixed part, then acts until it has an answer or must stop.</summary>
/// <remarks>Implementations hold configuration only; everything about a run is in the arguments, so one instance serves any number of tasks at once.</remarks>
public interface IActor
{
    /// <summary>Writes the part of the prompt that does not change between trials: protocol, examples, context, task.</summary>
    /// <param name="task">The task.</param>
    ActorPrompt CreatePrompt(AgentTask task);

    /// <summary>Runs one trial.</summary>
    /// <param name="context">The task, the prompt of this trial and the run it belongs to.</param>
    /// <param name="cancellationToken">Ends the trial; the steps already yielded stand.</param>
    /// <returns>
    /// <see cref="ModelTextDelta"/> and <see cref="StepCompleted"/> events as they happen, then exactly one
    /// <see cref="ActorFinished"/>. The loop builds the <see cref="Trajectory"/> from them, so a trial that fails half-way keeps its steps.
    /// </returns>
    IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken);
}
