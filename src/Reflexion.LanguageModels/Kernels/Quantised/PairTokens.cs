namespace Reflexion.LanguageModels;

/// <summary>A few tokens' activations as pairs of 16-bit integers: for each pair of inputs one of each token, for each group a scale and a sum of each token.</summary>
internal unsafe struct PairTokens
{
    public int* Pairs;
    public float* Scales;

    /// <summary>Sums of the activations themselves.</summary>
    public float* Sums;
}
