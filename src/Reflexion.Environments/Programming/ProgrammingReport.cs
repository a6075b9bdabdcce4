using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reflexion.Environments;

/// <summary>The figures of a programming experiment: what was solved by the hidden tests, and how far the agent's own tests can be trusted.</summary>
public sealed record ProgrammingReport
{
    private ProgrammingReport()
    {
    }

    /// <summary>How many problems were worked on.</summary>
    public required int Problems { get; init; }

    /// <summary>How many of them are solved by their final program, as the hidden tests see it.</summary>
    public required int Solved { get; init; }

    /// <summary>How many are solved by the program that the agent has after trial 1, 2 and so on, as the hidden tests see it.</summary>
    public required ImmutableArray<int> SolvedByTrial { get; init; }

    /// <summary>Own tests against hidden tests over the final programs.</summary>
    public required TestConfusion Final { get; init; }

    /// <summary>Own tests against hidden tests over the programs of all trials.</summary>
    public required TestConfusion Trials { get; init; }

    /// <summary>Trials that lack one of the two verdicts, and are not in <see cref="Trials"/>.</summary>
    public required int Unjudged { get; init; }

    /// <summary>The share of problems solved by the one program submitted in the end; 0 where there are no problems.</summary>
    public double PassAt1 => Problems == 0 ? 0 : (double)Solved / Problems;

    /// <summary>Sums up episodes of the programming domain.</summary>
    /// <param name="episodes">The episodes.</param>
    public static ProgrammingReport Of(IEnumerable<Episode> episodes)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        Episode[] all = [.. episodes];
        Trial[] trials = [.. all.SelectMany(episode => episode.Trials)];
        Trial[] judged = [.. trials.Where(IsJudged)];
        int longest = all.Select(episode => episode.Trials.Length).DefaultIfEmpty().Max();
        return new()
        {
            Problems = all.Length,
            Solved = all.Count(episode => IsSolved(episode.Best)),
            SolvedByTrial = [.. Enumerable.Range(1, longest).Select(trial => all.Count(episode => IsSolved((episode with { Trials = [.. episode.Trials.Take(trial)] }).Best)))],
            Final = TestConfusion.Of([.. all.Select(episode => episode.Best).OfType<Trial>().Where(IsJudged)]),
            Trials = TestConfusion.Of(judged),
            Unjudged = trials.Length - judged.Length,
        };
    }

    /// <summary>The figures as a table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"pass@1 {PassAt1:P1} ({Solved} of {Problems})\n");
        for (int i = 0; i < SolvedByTrial.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"after trial {i + 1}: {SolvedByTrial[i]} of {Problems} solved\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"final programs: {Describe(Final)}\n");
        text.Append(CultureInfo.InvariantCulture, $"all trials: {Describe(Trials)}");
        return Unjudged == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"; {Unjudged} without both verdicts").ToString();
    }

    private static bool IsJudged(Trial trial) => trial is { Evaluation: not null, HeldOutEvaluation: not null };

    private static bool IsSolved(Trial? trial) => trial?.HeldOutEvaluation is { Success: true };

    private static string Describe(TestConfusion figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"own and hidden tests pass {figures.TruePositives}, own alone {figures.FalsePositives} (false positives), hidden alone {figures.FalseNegatives} (false negatives), neither {figures.TrueNegatives}");
}
