namespace Reflexion.Environments;

/// <summary>Which paragraphs a chain of thought is given.</summary>
public enum HotPotQAContext
{
    /// <summary>Those that hold the supporting sentences: the ground-truth context of Shinn et al. 2023, section 4.2.</summary>
    Supporting,

    /// <summary>All that the question comes with: HotpotQA's distractor setting.</summary>
    All,
}
