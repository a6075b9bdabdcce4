using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Benchmarks;

/// <summary>What the budget adds to a model call that takes no time.</summary>
[MemoryDiagnoser]
public class MeteredCallBenchmarks
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Which river flows through Vienna?")];

    private ScriptedChatClient _plain = null!;
    private IChatClient _metered = null!;

    [GlobalSetup]
    public void Setup()
    {
        _plain = new ScriptedChatClient { KeepsRequests = false }.Otherwise(_ => "The Danube.");
        _metered = _plain.WithBudget(new(new() { MaxModelCalls = int.MaxValue, MaxTokens = long.MaxValue }));
    }

    [GlobalCleanup]
    public void Cleanup() => _plain.Dispose();

    [Benchmark(Baseline = true)]
    public Task<ChatResponse> Plain() => _plain.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> Metered() => _metered.GetResponseAsync(Messages);
}
