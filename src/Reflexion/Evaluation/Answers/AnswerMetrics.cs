namespace Reflexion;

/// <summary>The answer metrics of SQuAD and HotPotQA, as pure functions over normalised answers (<see cref="AnswerNormalizer"/>).</summary>
/// <remarks>
/// Token metrics count shared tokens with multiplicity. As in HotPotQA, they are 0 where either answer is <c>yes</c>, <c>no</c> or
/// <c>noanswer</c> and the other differs: such an answer is right or wrong, never partly right. As in SQuAD 2.0, two answers without
/// any token agree fully.
/// </remarks>
public static class AnswerMetrics
{
    /// <summary>Whether two answers are the same after normalisation.</summary>
    /// <param name="answer">The answer given, or null for none, which matches nothing.</param>
    /// <param name="reference">The acceptable answer.</param>
    public static bool ExactMatch(string? answer, string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return answer is not null && AnswerNormalizer.Normalize(answer) == AnswerNormalizer.Normalize(reference);
    }

    /// <summary>Whether an answer matches any of several acceptable ones.</summary>
    /// <param name="answer">The answer given, or null for none.</param>
    /// <param name="references">The acceptable answers.</param>
    public static bool ExactMatch(string? answer, IEnumerable<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return references.Any(reference => ExactMatch(answer, reference));
    }

    /// <summary>Token F1: <c>2PR / (P + R)</c> of <see cref="Precision"/> and <see cref="Recall"/>.</summary>
    /// <param name="answer">The answer given, or null for none, which scores 0.</param>
    /// <param name="reference">The acceptable answer.</param>
    /// <returns>A value in [0,1]; 1 where the answers match exactly.</returns>
    public static double F1(string? answer, string reference) => TokenOverlap.Of(answer, reference).F1;

    /// <summary>The highest token F1 against any of several acceptable answers.</summary>
    /// <param name="answer">The answer given, or null for none, which scores 0.</param>
    /// <param name="references">The acceptable answers; 0 where there are none.</param>
    public static double F1(string? answer, IEnumerable<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return references.Select(reference => F1(answer, reference)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Shared tokens over tokens of the answer.</summary>
    /// <param name="answer">The answer given, or null for none, which scores 0.</param>
    /// <param name="reference">The acceptable answer.</param>
    /// <returns>A value in [0,1].</returns>
    public static double Precision(string? answer, string reference) => TokenOverlap.Of(answer, reference).Precision;

    /// <summary>Shared tokens over tokens of the reference.</summary>
    /// <param name="answer">The answer given, or null for none, which scores 0.</param>
    /// <param name="reference">The acceptable answer.</param>
    /// <returns>A value in [0,1].</returns>
    public static double Recall(string? answer, string reference) => TokenOverlap.Of(answer, reference).Recall;
}
