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

    /// <summary>The known lesson, with what the other one adds. Its credit is kept; it is as trustworthy as the less trusted one.</summary>
    public static Lesson Merge(Lesson known, Lesson again) => known with
    {
        Provenances = Union(known.Provenances, again.Provenances),
        RootCause = known.RootCause ?? again.RootCause,
        Plan = known.Plan ?? again.Plan,
        Integrity = known.Integrity > again.Integrity ? known.Integrity : again.Integrity,
    };

    /// <summary>The lesson as it is filed first: provenances in order, none twice, not too many.</summary>
    public static Lesson Tidy(Lesson lesson) =>
        lesson.Provenances.Length == 1 ? lesson : lesson with { Provenances = Union(lesson.Provenances, []) };

    /// <summary>Whether merging would bring no new provenance, so that nothing was learnt again.</summary>
    public static bool AddsNothing(Lesson known, Lesson again) =>
        again.Provenances.All(known.Provenances.Contains) || Union(known.Provenances, again.Provenances).SequenceEqual(known.Provenances);

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
