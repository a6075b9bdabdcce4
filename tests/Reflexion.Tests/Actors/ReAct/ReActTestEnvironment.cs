namespace Reflexion.Tests;

/// <summary>Answers from a list, keeps the actions it was given, and counts its disposals.</summary>
internal sealed class ReActTestEnvironment(params Observation[] observations) : IAgentEnvironment
{
    internal Observation Initial { get; init; } = new("");

    internal Exception? Fault { get; init; }

    internal List<AgentAction> Actions { get; } = [];

    internal int Resets { get; private set; }

    internal int Disposals { get; private set; }

    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken)
    {
        Resets++;
        return ValueTask.FromResult(Initial);
    }

    public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Actions.Add(action);
        return Fault is null ? ValueTask.FromResult(observations[(Actions.Count - 1) % observations.Length]) : ValueTask.FromException<Observation>(Fault);
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }
}
