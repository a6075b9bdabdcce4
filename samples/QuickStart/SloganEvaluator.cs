using Reflexion;

namespace QuickStart;

/// <summary>Six words, none with an e: half of the score for each rule, and words that say what is wrong.</summary>
internal sealed class SloganEvaluator : ITrajectoryEvaluator
{
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        string[] words = (context.Trajectory.Answer ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] withE = [.. words.Where(word => word.Contains('e', StringComparison.OrdinalIgnoreCase))];
        var faults = new List<string>();
        if (words.Length != 6)
        {
            faults.Add($"It has {words.Length} words, not six.");
        }

        if (withE.Length > 0)
        {
            faults.Add($"The letter e is in: {string.Join(", ", withE)}.");
        }

        return ValueTask.FromResult(faults.Count == 0
            ? TrajectoryEvaluation.Passed("Six words without an e.")
            : TrajectoryEvaluation.Failed(string.Join(" ", faults), score: 1 - (faults.Count / 2.0)));
    }
}
