using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reflexion.Retroformer;

namespace Reflexion.Benchmarks;

/// <summary>What a selector costs an application: a choice, and learning from a reward, with the features and the number of arms it has by default.</summary>
internal static class SelectorRun
{
    private const int Arms = 4;
    private const int Rounds = 5;
    private const int Decisions = 20_000;

    internal static void Run()
    {
        SelectorArms[] states = States(new Random(1));
        for (int round = 1; round <= Rounds; round++)
        {
            var gated = new SelectorLearner(RefinementFeatures.Names.Length);
            (double choice, double update) = Measure(gated, states);
            (_, double ungated) = Measure(new SelectorLearner(RefinementFeatures.Names.Length, new() { HeldOutShare = 0 }), states);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: {choice,6:0.000} µs a choice, {update,6:0.00} µs a reward learnt with the promotion gate, {ungated,6:0.00} µs without ({gated.Progress.Updates} updates, {gated.Progress.Promotions} promotions)"));
        }
    }

    private static (double Choice, double Update) Measure(SelectorLearner learner, SelectorArms[] states)
    {
        var random = new Random(2);
        var log = new SelectorDecision[Decisions];
        TimeSpan choosing = default;
        TimeSpan learning = default;
        for (int i = 0; i < log.Length; i++)
        {
            SelectorArms arms = states[i % states.Length];
            double draw = random.NextDouble();
            long started = Stopwatch.GetTimestamp();
            SelectorChoice choice = learner.Policy.Choose(arms, draw);
            choosing += Stopwatch.GetElapsedTime(started);

            double success = 0.2 + 0.6 * arms.Features[choice.Arm][^1];
            var decision = new SelectorDecision("e", $"t{i % 1000}", 2, arms, choice, 0, random.NextDouble() < success ? 1 : 0);
            started = Stopwatch.GetTimestamp();
            learner.Learn(decision);
            learning += Stopwatch.GetElapsedTime(started);
        }

        return (choosing.TotalMicroseconds / Decisions, learning.TotalMicroseconds / Decisions);
    }

    private static SelectorArms[] States(Random random) =>
        [.. Enumerable.Range(0, 1_000).Select(_ => new SelectorArms([.. Enumerable.Range(0, Arms).Select(arm => Features(random, arm))]))];

    private static ImmutableArray<double> Features(Random random, int arm) =>
        [.. Enumerable.Range(0, RefinementFeatures.Names.Length).Select(_ => arm == 0 ? 0 : random.NextDouble())];
}
