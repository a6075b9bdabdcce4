namespace Reflexion.Tests;

/// <summary>Answers each action with what was recorded for it.</summary>
internal sealed class RecordedEnvironment(IReadOnlyList<RecordedStep> steps, bool endsAtLastStep) : IAgentEnvironment
{
    private int _next;

    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken) => ValueTask.FromResult(new Observation(""));

    public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        RecordedStep step = steps[_next++];
        return ValueTask.FromResult(new Observation(step.Observation) { IsTerminal = endsAtLastStep && _next == steps.Count });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
