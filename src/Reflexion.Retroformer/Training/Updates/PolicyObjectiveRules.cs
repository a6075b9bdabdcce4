namespace Reflexion.Retroformer;

/// <summary>What objectives have in common.</summary>
internal static class PolicyObjectiveRules
{
    /// <summary>Whether the baseline is a value head's rather than the group's.</summary>
    public static bool NeedsValues(this PolicyObjective objective) => objective is PolicyObjective.Ppo or PolicyObjective.A2C;

    /// <summary>Whether ratios are clipped rather than left out.</summary>
    public static bool Clips(this PolicyObjective objective) =>
        objective is PolicyObjective.Ppo or PolicyObjective.Grpo or PolicyObjective.GrpoWithoutDeviation;
}
