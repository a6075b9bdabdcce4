namespace Reflexion.Retroformer;

/// <summary>How samples of another policy than the one that learns are weighted.</summary>
public enum ImportanceWeighting
{
    /// <summary>Not at all: samples are of the very policy that learns.</summary>
    None,

    /// <summary>Each token by its own ratio, truncated (Espeholt et al. 2018, section 4.1). Slightly biased, of small variance.</summary>
    Token,

    /// <summary>All tokens by the ratio of the whole response, truncated (Ionides 2008). Unbiased but for the truncation, of a variance that grows with the length.</summary>
    Sequence,
}
