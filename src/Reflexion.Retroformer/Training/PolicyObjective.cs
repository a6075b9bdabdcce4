namespace Reflexion.Retroformer;

/// <summary>How rewards become a policy gradient.</summary>
public enum PolicyObjective
{
    /// <summary>REINFORCE with the mean of the other refinements for the same failure as the baseline (Kool et al. 2019; Ahmadian et al. 2024, equation 9).</summary>
    Rloo,

    /// <summary>The reward's deviation from the group's mean in units of its standard deviation, with clipped ratios (Shao et al. 2024, section 4.1).</summary>
    Grpo,

    /// <summary>The same without dividing by the standard deviation (Liu et al. 2025, section 3.2).</summary>
    GrpoWithoutDeviation,

    /// <summary>Clipped ratios, a value head and generalised advantage estimation (Schulman et al. 2017), as in Retroformer (Yao et al. 2023, section 4.3).</summary>
    Ppo,

    /// <summary>The advantage over a value head, without ratios (Mnih et al. 2016).</summary>
    A2C,
}
