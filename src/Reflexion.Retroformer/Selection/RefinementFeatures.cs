using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>
/// Describes refinements by numbers that need no model's weights: text statistics, lexical and (with a generator of embeddings) semantic similarity to
/// task, attempt, feedback and lessons, and what the lessons a refinement takes up have been worth.
/// </summary>
/// <remarks>
/// All features lie in [−1,1] and have four decimals. The null arm has the features of the state and zeros. Only the words of task, attempt,
/// feedback, lessons and refinements are looked at. Thread-safe.
/// </remarks>
public sealed class RefinementFeatures
{
    private const int MaxAttemptCharacters = 8_000;
    private const double ManyWords = 500;
    private const double LongSentence = 50;
    private const double ManyTrials = 5;

    private readonly MeaningFeatures? _meaning;

    /// <summary>Creates an extractor.</summary>
    /// <param name="generator">Makes embeddings; null (default) leaves their features at zero. Not disposed.</param>
    public RefinementFeatures(IEmbeddingGenerator<string, Embedding<float>>? generator = null)
    {
        _meaning = generator is null ? null : new(generator);
    }

    /// <summary>What the features are, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "bias", "return_before", "trial",
        "refinement", "refinement_return_before", "refinement_trial",
        "length", "variety", "sentence_length",
        "task_words", "attempt_words", "feedback_words", "lesson_words", "last_refinement", "agreement", "lesson_utility",
        "task_meaning", "attempt_meaning",
    ];

    /// <summary>Describes the null arm and refinements.</summary>
    /// <param name="context">The state: task, trials so far, lessons.</param>
    /// <param name="refinements">The refinements' texts.</param>
    /// <param name="cancellationToken">Ends the wait for embeddings.</param>
    /// <returns>The null arm, then an arm for each refinement, in order.</returns>
    /// <exception cref="ArgumentException">There was no trial yet, so that there is nothing to refine.</exception>
    public async ValueTask<SelectorArms> ExtractAsync(RetrospectiveContext context, IReadOnlyList<string> refinements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refinements);
        if (context.Trials.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There was no trial yet; a refinement is made from one.", nameof(context));
        }

        string attempt = AttemptText(context.Trials[^1].Trajectory);
        double[][] meanings = _meaning is null
            ? [.. refinements.Select(_ => new double[2])]
            : await _meaning.CompareAsync(refinements, context.Task.Instruction, attempt, cancellationToken).ConfigureAwait(false);
        return new(Extract(context, attempt, refinements, meanings));
    }

    private static ImmutableArray<ImmutableArray<double>> Extract(RetrospectiveContext context, string attemptText, IReadOnlyList<string> refinements, double[][] meanings)
    {
        Trial last = context.Trials[^1];
        double before = last.Return ?? 0;
        double trial = Math.Min(context.Trials.Length, ManyTrials) / ManyTrials;
        WordStatistics task = WordStatistics.Of(context.Task.Instruction);
        WordStatistics attempt = WordStatistics.Of(attemptText);
        WordStatistics feedback = WordStatistics.Of(last.Evaluation?.Feedback ?? "");
        WordStatistics told = WordStatistics.Of(AddedText.In(last.Prompt));
        var lessons = LessonStatistics.Of(context.Lessons);
        WordStatistics[] texts = [.. refinements.Select(WordStatistics.Of)];
        return
        [
            Rounded([1, before, trial, .. new double[Names.Length - 3]]),
            .. texts.Select((text, at) => Rounded(
            [
                1, before, trial,
                1, before, trial,
                Length(text), Variety(text), SentenceLength(text),
                text.ShareIn(task), text.ShareIn(attempt), text.ShareIn(feedback), lessons.Overlap(text), text.Overlap(told), Agreement(texts, at), lessons.Utility(text),
                .. meanings[at],
            ])),
        ];
    }

    private static ImmutableArray<double> Rounded(double[] features) => [.. features.Select(feature => Math.Round(feature, 4))];

    private static double Length(WordStatistics text) => Math.Min(1, Math.Log(1 + text.Words) / Math.Log(1 + ManyWords));

    private static double Variety(WordStatistics text) => text.Words == 0 ? 0 : (double)text.Distinct.Count / text.Words;

    private static double SentenceLength(WordStatistics text) => text.Sentences == 0 ? 0 : Math.Min(1, text.Words / (text.Sentences * LongSentence));

    // How much of a refinement the other ones say as well.
    private static double Agreement(WordStatistics[] texts, int at) =>
        texts.Length == 1 ? 0 : texts.Where((_, other) => other != at).Average(texts[at].Overlap);

    private static string AttemptText(Trajectory trajectory)
    {
        string text = string.Join('\n', new[] { trajectory.InitialObservation?.Text }
            .Concat(trajectory.Steps.SelectMany(step => new[] { step.Thought, step.Action?.Text, step.Observation?.Text }))
            .Append(trajectory.Answer)
            .Where(part => !string.IsNullOrWhiteSpace(part)));
        return text.Length <= MaxAttemptCharacters ? text : text[^MaxAttemptCharacters..];
    }
}
