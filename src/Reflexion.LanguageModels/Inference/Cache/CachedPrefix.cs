using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>What a sequence that has ended left behind.</summary>
/// <param name="Tokens">Its tokens; those beyond the cache's count are not computed.</param>
/// <param name="Adapter">Hash of the adapter it was computed with, or null.</param>
/// <param name="Cache">Its keys and values.</param>
internal sealed record CachedPrefix(List<int> Tokens, string? Adapter, KeyValueCache Cache)
{
    /// <summary>How many computed positions also begin another sequence.</summary>
    public int SharedWith(List<int> tokens) => Math.Min(
        Cache.Count,
        MemoryExtensions.CommonPrefixLength<int>(CollectionsMarshal.AsSpan(Tokens), CollectionsMarshal.AsSpan(tokens)));
}
