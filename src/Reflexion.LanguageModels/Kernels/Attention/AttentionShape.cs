namespace Reflexion.LanguageModels;

/// <summary>Heads of grouped-query attention (Ainslie et al. 2023): query head h attends with key and value head h / (heads / key-value heads).</summary>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; divides <paramref name="Heads"/>.</param>
/// <param name="HeadSize">Numbers in a head.</param>
internal readonly record struct AttentionShape(int Heads, int KeyValueHeads, int HeadSize)
{
    /// <summary>Query heads that share a key head.</summary>
    public int Group => Heads / KeyValueHeads;

    /// <summary>What multiplies a query's product with a key: 1 / √(head size).</summary>
    public double Scale => 1 / Math.Sqrt(HeadSize);
}
