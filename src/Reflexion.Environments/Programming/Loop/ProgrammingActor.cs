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
        await foreach (AgentEvent happened in ActorOf(context.Task).ActAsync(context, cancellationToken).ConfigureAwait(false))
        {
            if (happened is ActorFinished { Answer: { } reply } finished)
            {
                (ProgrammingProblem problem, IProgrammingLanguage language) = _problems.Of(context.Task);
                yield return finished with { Answer = language.ReadProgram(problem, reply) ?? reply };
            }
            else if (happened is not StepCompleted { Step.Outcome: StepOutcome.Answered })
            {
                // The step that answers is the answer: once in the record is enough.
                yield return happened;
            }
        }
    }

    private ChatActor ActorOf(AgentTask task) => _actors[_problems.Of(task).Language.Name];
}
