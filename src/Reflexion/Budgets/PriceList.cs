namespace Reflexion;

/// <summary>Prices by model id. An id matches the longest entry it starts with, so that dated versions need no entry of their own.</summary>
/// <param name="prices">Price by model id or its beginning; case does not matter.</param>
/// <param name="fallback">The price of a model that is not listed; null to count it as free.</param>
public sealed class PriceList(IReadOnlyDictionary<string, ModelPrice> prices, ModelPrice? fallback = null)
{
    private readonly KeyValuePair<string, ModelPrice>[] _longestFirst =
        [.. (prices ?? throw new ArgumentNullException(nameof(prices))).OrderByDescending(entry => entry.Key.Length)];

    /// <summary>The price of a model, or null where none is known.</summary>
    /// <param name="modelId">The model's id, or null where the provider did not say.</param>
    public ModelPrice? Find(string? modelId)
    {
        foreach (KeyValuePair<string, ModelPrice> entry in _longestFirst)
        {
            if (modelId is not null && modelId.StartsWith(entry.Key, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        return fallback;
    }
}
