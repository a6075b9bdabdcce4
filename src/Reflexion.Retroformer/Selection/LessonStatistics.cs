using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>What lessons say, and what they have been worth.</summary>
internal sealed class LessonStatistics
{
    private readonly (WordStatistics Words, double Utility)[] _lessons;

    private LessonStatistics((WordStatistics Words, double Utility)[] lessons) => _lessons = lessons;

    internal static LessonStatistics Of(ImmutableArray<Lesson> lessons) => new(lessons.IsDefaultOrEmpty
        ? []
        : [.. lessons.Select(lesson => (WordStatistics.Of($"{lesson.Text}\n{lesson.RootCause}\n{lesson.Plan}"), lesson.Credit.MeanDelta ?? 0))]);

    /// <summary>The overlap with the lesson that a text takes most from, in [0,1].</summary>
    internal double Overlap(WordStatistics text) => _lessons.Length == 0 ? 0 : _lessons.Max(lesson => lesson.Words.Overlap(text));

    /// <summary>The mean ΔG of the lessons, each weighted by its overlap with a text, in [−1,1]; 0 where the text takes nothing from them.</summary>
    internal double Utility(WordStatistics text)
    {
        double weights = 0;
        double sum = 0;
        foreach ((WordStatistics words, double utility) in _lessons)
        {
            double weight = words.Overlap(text);
            weights += weight;
            sum += weight * utility;
        }

        return weights > 0 ? sum / weights : 0;
    }
}
