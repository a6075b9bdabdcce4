namespace Reflexion;

/// <summary>How a composite makes one verdict of several.</summary>
/// <param name="DecisiveSuccess">The success of one part that settles the success of the whole; null where none does.</param>
/// <param name="Combine">Makes score and success of the verdicts of the first parts.</param>
internal sealed record CompositeRule(bool? DecisiveSuccess, Func<EvaluatorPart[], TrajectoryEvaluation[], (double Score, bool Success)> Combine)
{
    internal static readonly CompositeRule All = new(false, (_, verdicts) => (verdicts.Min(verdict => verdict.Score), verdicts.All(verdict => verdict.Success)));

    internal static readonly CompositeRule Any = new(true, (_, verdicts) => (verdicts.Max(verdict => verdict.Score), verdicts.Any(verdict => verdict.Success)));

    internal static CompositeRule Weighted(double threshold) => new(null, (parts, verdicts) =>
    {
        double score = parts.Zip(verdicts, (part, verdict) => part.Weight * verdict.Score).Sum() / parts.Sum(part => part.Weight);
        return (Math.Clamp(score, 0, 1), Threshold.Reached(score, threshold));
    });
}
