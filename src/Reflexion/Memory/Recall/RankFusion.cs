namespace Reflexion;

/// <summary>Fuses rankings, and re-ranks by measured utility; see <see cref="RecallOptions"/> for the formulas.</summary>
internal static class RankFusion
{
    private const int LeastPool = 100;
    private const double Constant = 60;

    /// <summary>How many lessons a ranking needs to have.</summary>
    public static int PoolFor(int limit) => Math.Max(limit, LeastPool);

    /// <summary>The lessons to recall, best first.</summary>
    /// <param name="rankings">Each best first.</param>
    /// <param name="limit">The most lessons.</param>
    /// <param name="options">The weights.</param>
    public static List<Ranked> Fuse(IReadOnlyCollection<IReadOnlyList<Ranked>> rankings, int limit, RecallOptions options)
    {
        Ranked[] fused =
        [
            .. rankings.SelectMany(ranking => ranking.Select((lesson, place) => lesson with { Score = 1 / (Constant + place + 1) }))
                .GroupBy(lesson => lesson.Rank)
                .Select(places => places.First() with { Score = places.Sum(lesson => lesson.Score) }),
        ];
        if (fused.Length == 0)
        {
            return [];
        }

        double most = fused.Max(lesson => lesson.Score);
        long tried = fused.Sum(lesson => (long)lesson.Credit.CreditedUses);
        return Ranked.Best(
            fused.Select(lesson => lesson with { Score = (lesson.Score / most) + (options.UtilityWeight * Utility(lesson.Credit, tried, options.ExplorationWeight)) }),
            limit);
    }

    /// <summary>The mean ΔG with a bonus for what was little tried.</summary>
    public static double Utility(LessonCredit credit, long tried, double exploration) =>
        (credit.MeanDelta ?? 0) + (exploration * Math.Sqrt(Math.Log(1 + tried) / (1 + credit.CreditedUses)));
}
