namespace Reflexion.Retroformer;

/// <summary>What a reward model learns from.</summary>
public enum RewardModelObjective
{
    /// <summary>Which of two refinements for one failure helped more (Bradley–Terry; Yao et al. 2023, section 4.3). Its rewards are comparable within a failure only.</summary>
    Pairwise,

    /// <summary>How much each refinement helped. Its rewards are in units of return.</summary>
    Regression,
}
