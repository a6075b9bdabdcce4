namespace Reflexion.Environments;

/// <summary>How far the agent's own tests agree with the hidden ones (Shinn et al. 2023, table 2).</summary>
/// <param name="TruePositives">Both pass.</param>
/// <param name="FalsePositives">The agent's own tests pass, the hidden test fails: the agent stops with a wrong program.</param>
/// <param name="FalseNegatives">The agent's own tests fail, the hidden test passes: the agent goes on with a right program.</param>
/// <param name="TrueNegatives">Both fail.</param>
public sealed record TestConfusion(int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>How many verdicts were compared.</summary>
    public int Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>The share of programs that the agent's own tests pass which are wrong; 0 where they pass none.</summary>
    public double FalsePositiveShare => Share(FalsePositives, TruePositives);

    /// <summary>The share of programs that the agent's own tests fail which are right; 0 where they fail none.</summary>
    public double FalseNegativeShare => Share(FalseNegatives, TrueNegatives);

    internal static TestConfusion Of(IReadOnlyCollection<Trial> judged)
    {
        int Count(bool own, bool hidden) => judged.Count(trial => trial.Evaluation!.Success == own && trial.HeldOutEvaluation!.Success == hidden);
        return new(Count(own: true, hidden: true), Count(own: true, hidden: false), Count(own: false, hidden: true), Count(own: false, hidden: false));
    }

    private static double Share(int wrong, int right) => wrong + right == 0 ? 0 : (double)wrong / (wrong + right);
}
