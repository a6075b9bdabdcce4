using System.Runtime.CompilerServices;

namespace Reflexion.Tests;

/// <summary>An actor whose trials are functions of the context.</summary>
internal sealed class FakeActor(Func<ActorContext, CancellationToken, IAsyncEnumerable<AgentEvent>> act) : IActor
{
    /// <summary>Answers with a function of the trial's number and prompt.</summary>
    internal static FakeActor Answering(Func<ActorContext, string?> answer) => new((context, token) => AnswerAsync(context, answer, token));

    public ActorPrompt CreatePrompt(AgentTask task) => new(
    [
        new(PromptPartKind.Instructions, "Work.", TextIntegrity.Trusted),
        new(PromptPartKind.Task, task.Instruction, TextIntegrity.Trusted),
    ]);

    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken) => act(context, cancellationToken);

    private static async IAsyncEnumerable<AgentEvent> AnswerAsync(
        ActorContext context, Func<ActorContext, string?> answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        string? text = answer(context);
        yield return new StepCompleted(new() { Number = 1, Action = new(text ?? ""), Outcome = StepOutcome.Answered });
        yield return new ActorFinished(TrajectoryEnd.Answered, text);
    }
}
