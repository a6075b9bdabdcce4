namespace Reflexion.LanguageModels;

/// <summary>What belongs to rows of logits: what is asked, and what the forward pass says.</summary>
internal readonly unsafe struct TokenLogitRows<T>(int* targets, double* temperatures, T* logProbs, T* entropies, T* logSums)
    where T : unmanaged
{
    /// <summary>A token for each row.</summary>
    public int* Targets => targets;

    /// <summary>What each row is divided by.</summary>
    public double* Temperatures => temperatures;

    /// <summary>ln p(target).</summary>
    public T* LogProbs => logProbs;

    /// <summary>−Σ p ln p.</summary>
    public T* Entropies => entropies;

    /// <summary>ln Σ exp(x / temperature).</summary>
    public T* LogSums => logSums;
}
