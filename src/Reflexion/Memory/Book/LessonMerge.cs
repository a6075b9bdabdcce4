using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What becomes of a lesson that is learnt again.</summary>
/// <remarks>
/// A pure function of both lessons; merging the same lesson twice changes nothing, and provenances do not depend on the order
/// of merging.
/// </remarks>
internal static class LessonMerge
{
    /// <summary>The most provenances a lesson keeps: the first and the most recent ones.</summary>
    public const int MaxProvenances = 32;

    /// <summary>
    /// The known lesson, with what the other one adds. Its credit is kept, unless it was retired and so starts afresh; it is as
    /// trustworthy as the less trusted one.
    /// </summary>
    public static Lesson Merge(Lesson known, Lesson again) => Revived(known) with
    {
        Provenances = Union(known.Provenances, again.Provenances),
        RootCause = known.RootCause ?? again.RootCause,
        Plan = known.Plan ?? again.Plan,
        Integrity = known.Integrity > again.Integrity ? known.Integrity : again.Integrity,
        Embedding = again.Embedding ?? known.Embedding,
    };

    /// <summary>The lesson of the same task that says much the same as a new one, the closest and of such the first; or null.</summary>
    public static Lesson? Nearest(Lesson lesson, IEnumerable<Lesson> ofTask, double similarity)
    {
        LessonWords words = LessonWords.Of(lesson);
        return ofTask.Select(known => (Lesson: known, Overlap: words.Overlap(LessonWords.Of(known))))
            .Where(pair => pair.Overlap >= similarity).OrderByDescending(pair => pair.Overlap).Select(pair => pair.Lesson).FirstOrDefault();
    }

    /// <summary>What a near-duplicate adds to a lesson, in that lesson's words, so that filing it merges the two.</summary>
    public static Lesson InWordsOf(Lesson known, Lesson again) => new(known.Scope, known.Text, again.Provenances[0])
    {
        Provenances = again.Provenances,
        RootCause = again.RootCause,
        Plan = again.Plan,
        Integrity = again.Integrity,
    };

    /// <summary>The lesson as it is filed first: provenances in order, none twice, not too many.</summary>
    public static Lesson Tidy(Lesson lesson) =>
        lesson.Provenances.Length == 1 ? lesson : lesson with { Provenances = Union(lesson.Provenances, []) };

    /// <summary>Whether merging would bring no new provenance, so that nothing was learnt again.</summary>
    public static bool AddsNothing(Lesson known, Lesson again) =>
        again.Provenances.All(known.Provenances.Contains) || Union(known.Provenances, again.Provenances).SequenceEqual(known.Provenances);

    private static Lesson Revived(Lesson known) =>
        known.State == LessonState.Retired ? known with { State = LessonState.Candidate, Credit = default } : known;

    private static ImmutableArray<LessonProvenance> Union(ImmutableArray<LessonProvenance> some, ImmutableArray<LessonProvenance> others)
    {
        LessonProvenance[] all =
        [
            .. some.Concat(others).Distinct()
                .OrderBy(p => p.WrittenAt).ThenBy(p => p.EpisodeId, StringComparer.Ordinal).ThenBy(p => p.Trial),
        ];
        return all.Length <= MaxProvenances ? [.. all] : [all[0], .. all[^(MaxProvenances - 1)..]];
    }
}
