using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>Works on each task with what was recorded of it: the real actor where the transcript is there, and with a model that says what the recorded one said.</summary>
internal sealed class RecordedActor(RecordedRun run) : IActor
{
    // The step limit of the recorded ReAct agents.
    private const int MaxSteps = 6;

    private readonly Dictionary<string, IActor> _byTask = run.Episodes.ToDictionary(episode => episode.Id, episode => ActorOf(run, episode.Lines));

    public ActorPrompt CreatePrompt(AgentTask task) => _byTask[task.Id].CreatePrompt(task);

    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken) => _byTask[context.Task.Id].ActAsync(context, cancellationToken);

    private static IActor ActorOf(RecordedRun run, RecordedLine[] trials) => run.Agent switch
    {
        "react" => ReAct(ModelOf(run, trials), trials),
        "cot" => new ChainOfThoughtActor(ModelOf(run, trials), new() { MaxReasks = 0 }),
        _ => new OutcomeActor(trials),
    };

    private static ReActActor ReAct(IChatClient model, RecordedLine[] trials)
    {
        int trial = -1;
        return new(model, _ => Environment(trials[++trial]), new()
        {
            MaxSteps = MaxSteps,
            MaxObservationCharacters = 1_000_000,
            Context = new() { MaxInputTokens = 1_000_000 },
            Syntax = new BracketedActionSyntax { IsGreedy = true },
            Progress = new() { CycleRepeats = null, MaxStepsWithoutNews = null, MaxConsecutiveMalformed = null },
        });
    }

    // A recorded agent also halted where its prompt became too long; the last recorded step then ended the trial.
    private static RecordedEnvironment Environment(RecordedLine line) =>
        new(line.Steps, endsAtLastStep: line.Outcome == ExperimentOutcome.Halted && line.Steps.Length < MaxSteps);

    private static ScriptedChatClient ModelOf(RecordedRun run, RecordedLine[] trials) =>
        new([.. trials.SelectMany(line => line.Steps).Select(step => $"Thought: {step.Thought}\nAction: {step.Action}")]) { ModelId = run.Model, KeepsRequests = false };
}
