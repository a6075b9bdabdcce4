using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion.Tests;

/// <summary>Records and results for tests of experiments.</summary>
internal static class ExperimentSamples
{
    /// <summary>An episode that was solved in a trial, or in none; each trial uses the same number of tokens.</summary>
    internal static EpisodeRecord Episode(string arm, string task, int? solvedIn, int trials = 3, long tokens = 100, int seed = 0) => new(
        arm, task, seed, solvedIn is null ? ExperimentOutcome.Failed : ExperimentOutcome.Solved)
    {
        StopReason = solvedIn is null ? StopReason.TrialLimit : StopReason.Success,
        Trials = [.. Enumerable.Range(1, solvedIn ?? trials).Select(number => Trial(number, number == solvedIn, tokens))],
        Usage = new([new(AgentComponent.Actor, Usage((solvedIn ?? trials) * tokens, solvedIn ?? trials))]),
    };

    internal static TrialRecord Trial(int number, bool solved, long tokens = 100) => new(number, solved ? ExperimentOutcome.Solved : ExperimentOutcome.Failed)
    {
        Score = solved ? 1 : 0,
        Usage = Usage(tokens),
        Steps = 1,
    };

    internal static ComponentUsage Usage(long tokens, int calls = 1) => new(calls, 0, new(tokens, 0), 0);

    /// <summary>A result of some arms; tasks and seeds are those of the episodes.</summary>
    internal static ExperimentResult Result(IEnumerable<EpisodeRecord> episodes, params ExperimentArmInfo[] arms)
    {
        EpisodeRecord[] all = [.. episodes];
        return new(
            "sample",
            arms.Length > 0 ? arms : all.Select(episode => episode.Arm).Distinct().Select(arm => new ExperimentArmInfo(arm, arm == "retry" ? ReflexionStrategy.Retry : ReflexionStrategy.Reflexion)),
            all.Select(episode => episode.TaskId).Distinct().Select(task => new ExperimentTaskInfo(task)),
            all.Select(episode => episode.Seed).Distinct(),
            all);
    }

    /// <summary>Two arms, "retry" and "reflexion": for each task the trial in which each solved it, 0 for none.</summary>
    internal static ExperimentResult TwoArms(params (int Retry, int Reflexion)[] solvedIn) => Result(solvedIn.SelectMany((solved, i) => new[]
    {
        Episode("retry", Name(i), solved.Retry == 0 ? null : solved.Retry),
        Episode("reflexion", Name(i), solved.Reflexion == 0 ? null : solved.Reflexion),
    }));

    internal static ImmutableArray<DomainTask> Tasks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new DomainTask(new(Name(i), $"What is {i} plus one?")) { References = [(i + 1).ToString(CultureInfo.InvariantCulture)] })];

    internal static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"t{i:00}");
}
