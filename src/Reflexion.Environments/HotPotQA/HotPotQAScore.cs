namespace Reflexion.Environments;

/// <summary>What a trial's return is.</summary>
public enum HotPotQAScore
{
    /// <summary>1 where the answer matches after normalisation, else 0: the binary signal of Shinn et al. 2023, section 4.2.</summary>
    ExactMatch,

    /// <summary>The token F1 of the answer: the reward of Yao et al. 2023, Retroformer. Solved at 1.</summary>
    F1,
}
