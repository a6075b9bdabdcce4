using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion;

/// <summary>Counts the votes of a judge.</summary>
internal static class JudgeCount
{
    internal static TrajectoryEvaluation Of(IReadOnlyList<JudgeVote> votes, VoteAggregation aggregation, ImmutableArray<string> references)
    {
        List<JudgeVerdict> given = [.. votes.Select(vote => vote.Verdict).OfType<JudgeVerdict>()];
        if (given.Count == 0)
        {
            throw new JudgeVerdictException(votes.Count, votes[^1].Error);
        }

        bool success = given.Count(verdict => verdict.Success) * 2 > given.Count;
        double score = aggregation == VoteAggregation.Median ? Median(given) : given.Average(verdict => verdict.Score);
        // The vote that speaks for all: on the side of the majority, nearest to the common score.
        JudgeVerdict speaker = given.OrderByDescending(verdict => verdict.Success == success).ThenBy(verdict => Math.Abs(verdict.Score - score)).First();
        var verdict = new TrajectoryEvaluation(Math.Clamp(score, 0, 1), success, speaker.Feedback)
        {
            Evidence = [.. speaker.Evidence, .. votes.Count == 1 ? [] : votes.Select(Describe)],
        };
        return ReferenceLeak.Withhold(verdict, references);
    }

    private static double Median(List<JudgeVerdict> verdicts)
    {
        double[] scores = [.. verdicts.Select(verdict => verdict.Score).Order()];
        return (scores[(scores.Length - 1) / 2] + scores[scores.Length / 2]) / 2;
    }

    private static string Describe(JudgeVote vote) => vote.Verdict is { } verdict
        ? string.Create(CultureInfo.InvariantCulture, $"vote {vote.Number}: {verdict.Score:0.##}, {(verdict.Success ? "solved" : "not solved")}")
        : $"vote {vote.Number}: abstained, since {vote.Error}";
}
