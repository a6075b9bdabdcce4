using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>Writes a program in one completion. The answer is the program, complete, whatever stood around it in the reply.</summary>
internal sealed class ProgrammingActor : IActor
{
    private readonly ProblemSet _problems;
    private readonly FrozenDictionary<string, ChatActor> _actors;

    internal ProgrammingActor(IChatClient client, ProblemSet problems, ProgrammingOptions options)
    {
        _problems = problems;
        _actors = problems.Languages.ToFrozenDictionary(
            language => language.Name,
            language => new ChatActor(client, new() { Instructions = ProgrammingPrompts.Actor(language), ChatOptions = options.ProgramChatOptions }));
    }

    public ActorPrompt CreatePrompt(AgentTask task) => ActorOf(task).CreatePrompt(task);

    public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (ProgrammingProblem problem, IProgrammingLanguage language) = _problems.Of(context.Task);
        await foreach (AgentEvent happened in ActorOf(context.Task).ActAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return happened switch
            {
                StepCompleted { Step: { Outcome: StepOutcome.Answered, Action: { } said } step } => new StepCompleted(step with { Action = new(ProgramOf(said.Text)) }),
                ActorFinished { Answer: { } reply } finished => finished with { Answer = ProgramOf(reply) },
                _ => happened,
            };
        }

        string ProgramOf(string reply) => language.ReadProgram(problem, reply) ?? reply;
    }

    private ChatActor ActorOf(AgentTask task) => _actors[_problems.Of(task).Language.Name];
}
