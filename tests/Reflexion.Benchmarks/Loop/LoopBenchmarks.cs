using BenchmarkDotNet.Attributes;
using Reflexion.Testing;

namespace Reflexion.Benchmarks;

/// <summary>What the loop costs with an instant model: time and bytes for an actor step, and for a trial of one completion.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private static readonly AgentTask River = new("river", "Which river flows through Vienna?");

    private ReflexionAgent _react = null!;
    private ReflexionAgent _chat = null!;

    [GlobalSetup]
    public void Setup()
    {
        _react = LoopWorkload.Agent(LoopWorkload.Model());
        _chat = ReflexionAgent.CreateBuilder(new ScriptedChatClient { KeepsRequests = false }.Otherwise(_ => "The Rhine."))
            .UseEvaluator(_ => TrajectoryEvaluation.Failed("It is another river."))
            .Configure(options => (options.MaxTrials, options.Strategy) = (10, ReflexionStrategy.Retry))
            .Build();
    }

    [Benchmark(OperationsPerInvoke = LoopWorkload.Trials * LoopWorkload.StepsPerTrial)]
    public async Task<Episode> ReActStep() => Check(await _react.RunAsync(River), LoopWorkload.Trials);

    [Benchmark(OperationsPerInvoke = LoopWorkload.Trials)]
    public async Task<Episode> ReActTrialOfTenSteps() => Check(await _react.RunAsync(River), LoopWorkload.Trials);

    [Benchmark(OperationsPerInvoke = 10)]
    public async Task<Episode> RetryTrialOfOneCompletion() => Check(await _chat.RunAsync(River), 10);

    private static Episode Check(Episode episode, int trials) => episode.Trials.Length == trials
        ? episode
        : throw new InvalidOperationException($"The episode made {episode.Trials.Length} trials, not {trials}: {episode.StopDetail}");
}
