using System.Runtime.CompilerServices;

namespace Reflexion;

/// <summary>What every memory refuses at the door.</summary>
internal static class MemoryArguments
{
    public static void Check(Lesson lesson, [CallerArgumentExpression(nameof(lesson))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(lesson, name);
        if (lesson.Provenances.IsDefaultOrEmpty)
        {
            throw new ArgumentException($"Lesson {lesson.Id} says nowhere where it came from; it needs at least one provenance.", name);
        }

        LessonCredit credit = lesson.Credit;
        if (credit.CreditedUses < 0 || credit.Uses < credit.CreditedUses || !double.IsFinite(credit.TotalDelta))
        {
            throw new ArgumentException($"Lesson {lesson.Id} has the credit {credit}; uses >= credited uses >= 0 and a finite sum are possible.", name);
        }

        if (!Enum.IsDefined(lesson.State))
        {
            throw new ArgumentException($"Lesson {lesson.Id} is in the unknown state {lesson.State}.", name);
        }

        if (lesson.Embedding is { } embedding && (embedding.ModelId is null || embedding.Vector.IsDefaultOrEmpty || !embedding.Vector.All(float.IsFinite)))
        {
            throw new ArgumentException($"Lesson {lesson.Id} has an embedding without a model's id, without coordinates, or with one that is not finite.", name);
        }
    }

    public static void Check(LessonQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.Scope, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegative(query.Limit, nameof(query));
        if (!Enum.IsDefined(query.Breadth))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Breadth, "Recall looks at a task, an agent or a tenant.");
        }
    }

    public static void Check(LessonUse use, [CallerArgumentExpression(nameof(use))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(use, name);
        ArgumentException.ThrowIfNullOrWhiteSpace(use.EpisodeId, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(use.Trial, 1, name);
        if (use.LessonIds.IsDefault || use.LessonIds.Contains(null!))
        {
            throw new ArgumentException($"{nameof(LessonUse.LessonIds)} is not initialised or holds null; a trial without lessons has an empty array.", name);
        }

        // Written so that NaN is refused too.
        if (use.DeltaG is { } delta && !(Math.Abs(delta) <= 1))
        {
            throw new ArgumentOutOfRangeException(name, delta, "ΔG is the difference of two scores in [0,1], so it lies in [-1,1].");
        }
    }

    public static void Check(QuarantinedLesson rejected, [CallerArgumentExpression(nameof(rejected))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(rejected, name);
        ArgumentNullException.ThrowIfNull(rejected.Reason, name);
        Check(rejected.Lesson, name);
    }

    public static void Check(MemorySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Lessons.IsDefault || snapshot.Uses.IsDefault || snapshot.Quarantine.IsDefault)
        {
            throw new ArgumentException("A snapshot's arrays are empty where it holds nothing, not uninitialised.", nameof(snapshot));
        }

        foreach (Lesson lesson in snapshot.Lessons)
        {
            Check(lesson, nameof(snapshot));
        }

        foreach (LessonUse use in snapshot.Uses)
        {
            Check(use, nameof(snapshot));
        }

        foreach (QuarantinedLesson rejected in snapshot.Quarantine)
        {
            Check(rejected, nameof(snapshot));
        }
    }
}
