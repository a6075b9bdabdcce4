namespace Reflexion.LanguageModels;

/// <summary>Sequences laid out as one stream of tokens, without padding; each sees only its own, and the prompt that it shares.</summary>
/// <param name="Ids">The tokens.</param>
/// <param name="Positions">Where each stands in its sequence, from 0.</param>
/// <param name="Segments">Which tokens see which.</param>
internal sealed record PackedTokens(int[] Ids, int[] Positions, AttentionSegment[] Segments)
{
    public int Count => Ids.Length;

    /// <summary>One more than the last position.</summary>
    public int Longest { get; } = Positions.Max() + 1;

    /// <summary>One sequence.</summary>
    public static PackedTokens Of(ReadOnlySpan<int> ids) => new([.. ids], [.. Enumerable.Range(0, ids.Length)], [new(0, ids.Length)]);
}
