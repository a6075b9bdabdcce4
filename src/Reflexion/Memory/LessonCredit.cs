namespace Reflexion;

/// <summary>What is known of a lesson's usefulness: how often it was in a prompt, and what the return did then.</summary>
/// <param name="Uses">Trials whose prompt it stood in.</param>
/// <param name="CreditedUses">Those of them whose ΔG is known.</param>
/// <param name="TotalDelta">The sum of their ΔG = G(k+1) − G(k).</param>
public readonly record struct LessonCredit(int Uses, int CreditedUses, double TotalDelta)
{
    /// <summary>The mean ΔG of the credited uses, in [−1,1]; null before the first.</summary>
    public double? MeanDelta => CreditedUses == 0 ? null : TotalDelta / CreditedUses;
}
