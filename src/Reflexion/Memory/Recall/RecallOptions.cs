using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a memory ranks lessons when it is asked with <see cref="LessonQuery.Text"/>.</summary>
/// <remarks>
/// <para>
/// Up to three rankings of the lessons within the query's breadth, each of at most 100 (or the query's limit, if that is more): those
/// learnt on the very task, latest first; those that share words with the text, by BM25 over text, root cause and plan; and, with an
/// <see cref="EmbeddingGenerator"/>, those whose meaning is near, by the cosine of the angle between embeddings, where it is positive. A lesson
/// that stands in none is not recalled.
/// </para>
/// <para>
/// BM25: Σ over the words w of the query of idf(w) · f · (k₁ + 1) / (f + k₁ · (1 − b + b · l / l̄)), with idf(w) = ln(1 + (N − n + ½)/(n + ½)),
/// k₁ = 1.2, b = 0.75; f is how often the lesson has the word, l its number of words, l̄ their mean, N the lessons of the tenant that can be
/// recalled, n those of them with the word. Words are compared without case, diacritics, punctuation and English articles, up to 64 characters.
/// </para>
/// <para>
/// The rankings are fused by reciprocal rank (Cormack, Clarke and Büttcher, 2009): R = Σ 1/(60 + place). What then decides is R/R̂ + w · U, where R̂ is
/// the largest R, w is <see cref="UtilityWeight"/>, and U, after UCB1 (Auer et al., 2002), is the mean ΔG of the trials a lesson was used in
/// (0 where untried) plus c · √(ln(1 + T)/(1 + n)): n is how many uses of the lesson are credited, T how many of all lessons compared, and c
/// is <see cref="ExplorationWeight"/>. So a lesson that helped rises, one that harmed falls, and one little tried gets its chance.
/// </para>
/// </remarks>
public sealed record RecallOptions
{
    /// <summary>
    /// Makes embeddings of lessons when they are filed, and of queries. Null (default) ranks by words alone. What it throws fails the
    /// call, and nothing is filed: put resilience around it. Lessons filed without it, or with another model, are found by their words only.
    /// The memory does not dispose it.
    /// </summary>
    public IEmbeddingGenerator<string, Embedding<float>>? EmbeddingGenerator { get; init; }

    /// <summary>w, how much measured utility weighs against relevance. Default 0.25; zero or above, and zero ranks by relevance alone.</summary>
    public double UtilityWeight { get; init; } = 0.25;

    /// <summary>c, the bonus of lessons little tried. Default 0.5; zero or above.</summary>
    public double ExplorationWeight { get; init; } = 0.5;

    /// <summary>
    /// What bounds the work of one recall, however large the memory: the most occurrences of the query's words that are looked up, rarest
    /// word first and of a word the latest filed lessons first; and the most embeddings that are compared, those of the most recently learnt
    /// lessons. Default 10,000; at least 1.
    /// </summary>
    public int MaxCandidates { get; init; } = 10_000;

    internal void Validate()
    {
        ThrowUnlessWeight(UtilityWeight, nameof(UtilityWeight));
        ThrowUnlessWeight(ExplorationWeight, nameof(ExplorationWeight));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCandidates, 1);
    }

    private static void ThrowUnlessWeight(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "A weight is finite and not below zero.");
        }
    }
}
