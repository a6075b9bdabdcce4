using BenchmarkDotNet.Attributes;

namespace Reflexion.Benchmarks;

/// <summary>What the loop costs with an instant model: time and bytes for an actor step, and for a trial of one completion.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private static readonly AgentTask River = new("river", "Which river flows through Vienna?");

    private ReflexionAgent _retrying = null!;
    private ReflexionAgent _reflecting = null!;
    private ReflexionAgent _chat = null!;

    [GlobalSetup]
    public void Setup()
    {
        _retrying = LoopWorkload.Agent(LoopWorkload.Model(), strategy: ReflexionStrategy.Retry);
        _reflecting = LoopWorkload.Agent(LoopWorkload.Model());
        _chat = ReflexionAgent.CreateBuilder(new InstantChatClient(_ => "The Rhine."))
            .UseEvaluator(_ => TrajectoryEvaluation.Failed("It is another river."))
            .Configure(options => (options.MaxTrials, options.Strategy) = (10, ReflexionStrategy.Retry))
            .Build();
    }

    [Benchmark(OperationsPerInvoke = LoopWorkload.Trials * LoopWorkload.StepsPerTrial)]
    public async Task<Episode> ReActStep() => Check(await _retrying.RunAsync(River), LoopWorkload.Trials);

    [Benchmark(OperationsPerInvoke = LoopWorkload.Trials)]
    public async Task<Episode> ReActTrialOfTenSteps() => Check(await _retrying.RunAsync(River), LoopWorkload.Trials);

    [Benchmark(OperationsPerInvoke = LoopWorkload.Trials)]
    public async Task<Episode> ReActTrialOfTenStepsAndReflection() => Check(await _reflecting.RunAsync(River), LoopWorkload.Trials);

    [Benchmark(OperationsPerInvoke = 10)]
    public async Task<Episode> TrialOfOneCompletion() => Check(await _chat.RunAsync(River), 10);

    private static Episode Check(Episode episode, int trials) => episode.Trials.Length == trials
        ? episode
        : throw new InvalidOperationException($"The episode made {episode.Trials.Length} trials, not {trials}: {episode.StopDetail}");
}
