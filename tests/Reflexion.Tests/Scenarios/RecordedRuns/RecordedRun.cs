using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>A recorded run, fed through the real actor, evaluator, reflector and loop.</summary>
internal sealed class RecordedRun(IReadOnlyList<RecordedLine> lines)
{
    // The step limit of the recorded ReAct agents.
    private const int MaxSteps = 6;

    internal IReadOnlyList<RecordedLine> Lines { get; } = lines;

    /// <summary>How many questions were solved after each trial, as the file says.</summary>
    internal IEnumerable<int> RecordedCurve => Curve(Lines.Where(line => line.Outcome == "correct").Select(line => line.Trial));

    /// <summary>Runs every question; a question is one episode, and its lines are its trials.</summary>
    internal async Task<IReadOnlyList<ReplayedLine>> ReplayAsync()
    {
        ReplayedLine[][] replayed = await Task.WhenAll(Lines.GroupBy(line => line.QuestionId).Select(question => ReplayAsync([.. question.OrderBy(line => line.Trial)])));
        return [.. replayed.SelectMany(question => question)];
    }

    internal IEnumerable<int> Curve(IEnumerable<int> solvedInTrial)
    {
        int[] solved = [.. solvedInTrial];
        return Enumerable.Range(1, Lines.Max(line => line.Trial)).Select(trial => solved.Count(it => it <= trial));
    }

    private static async Task<ReplayedLine[]> ReplayAsync(ImmutableArray<RecordedLine> trials)
    {
        RecordedLine first = trials[0];
        ReflexionAgent agent = new ReflexionAgentBuilder()
            .UseChatClientFor(AgentComponent.Actor, new ScriptedChatClient([.. trials.SelectMany(line => line.Steps).Select(Reply)]))
            .UseChatClientFor(AgentComponent.Reflector, new ScriptedChatClient([.. trials.Zip(trials.Skip(1), NewReflections)]))
            .UseActor(build => Actor(build.ChatClientOf(AgentComponent.Actor), trials))
            .UseEvaluator(new ExactMatchEvaluator())
            .UseReflector(build => new LlmSelfReflector(build.ChatClientOf(AgentComponent.Reflector), new() { Format = ReflectorFormat.Plain }))
            .Configure(options =>
            {
                options.Strategy = first.ReflexionStrategy;
                options.MaxTrials = trials.Length;
                options.MaxLessonCharacters = 100_000;
                options.Budget = new() { MaxModelCalls = 1_000, MaxTokens = 100_000_000 };
            })
            .Build();

        Episode episode = await agent.RunAsync(new AgentTask(first.QuestionId, first.Question), new() { References = [first.AnswerKey] });
        episode.EnsureNotFailed();
        MemorySnapshot memory = await agent.Memory.ExportAsync();
        return [.. trials.Select((line, i) => new ReplayedLine(line, episode.Trials.ElementAtOrDefault(i)) { Quarantined = i == 0 ? memory.Quarantine.Length : 0 })];
    }

    private static IActor Actor(IChatClient client, ImmutableArray<RecordedLine> trials)
    {
        if (trials[0].Agent == "cot")
        {
            return new ChainOfThoughtActor(client, new() { MaxReasks = 0 });
        }

        int trial = -1;
        return new ReActActor(client, _ => Environment(trials[++trial]), new()
        {
            MaxSteps = MaxSteps,
            MaxObservationCharacters = 1_000_000,
            Context = new() { MaxInputTokens = 1_000_000 },
            Syntax = new BracketedActionSyntax { IsGreedy = true },
            Progress = new() { CycleRepeats = null, MaxStepsWithoutNews = null, MaxConsecutiveMalformed = null },
        });
    }

    // A recorded agent also halted where its prompt became too long; the last recorded step then ended the trial.
    private static RecordedEnvironment Environment(RecordedLine line) => new(line.Steps, endsAtLastStep: line.Outcome == "halted" && line.Steps.Count < MaxSteps);

    private static string Reply(RecordedStep step) => $"Thought: {step.Thought}\nAction: {step.Action}";

    private static string NewReflections(RecordedLine before, RecordedLine after) => string.Join("\n", after.Reflections.Except(before.Reflections));
}
