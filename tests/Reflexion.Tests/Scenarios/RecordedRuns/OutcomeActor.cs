namespace Reflexion.Tests;

/// <summary>An actor of whose trials only the outcome was recorded, and at most what was handed in. An environment's reward says whether it was right.</summary>
internal sealed class OutcomeActor(RecordedLine[] trials) : IActor
{
    public ActorPrompt CreatePrompt(AgentTask task) => new([new(PromptPartKind.Task, task.Instruction, TextIntegrity.Trusted)]);

    public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        RecordedLine line = trials[context.Trial - 1];
        yield return new StepCompleted(new()
        {
            Number = 1,
            Action = line.Solution is { } solution ? new(solution) : null,
            Observation = new("What happened was not recorded.") { Reward = line.IsSolved ? 1 : 0, IsTerminal = true, Integrity = TextIntegrity.Trusted },
        });
        yield return new ActorFinished(TrajectoryEnd.EnvironmentTerminal, line.Solution);
    }
}
