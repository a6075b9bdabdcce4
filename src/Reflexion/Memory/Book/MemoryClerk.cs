using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Decides what a call means for a book, applies it, and keeps a journal of what it decided. Not thread-safe.</summary>
internal sealed class MemoryClerk(LessonBook book, MemoryOptions options, List<MemoryRecord>? journal = null)
{
    /// <summary>Files a lesson, and makes room for it.</summary>
    public Lesson File(Lesson lesson, DateTimeOffset now)
    {
        Expire(now);
        Lesson filed = book.Find(lesson.Id) is null && Nearest(lesson) is { } near ? LessonMerge.InWordsOf(near, lesson) : lesson;
        if (book.Find(filed.Id) is { } known && LessonMerge.AddsNothing(known, filed))
        {
            return known;
        }

        Commit(new LessonFiled(filed));
        MakeRoom(filed);
        return book.Find(filed.Id)!;
    }

    /// <summary>Enters a use into the ledger, or completes it.</summary>
    public void RecordUse(LessonUse use)
    {
        if (book.Uses.TryGet(LessonBook.KeyOf(use), out LessonUse? known))
        {
            Complete(known, use);
        }
        else if (Held(use) is { } held)
        {
            Credit(new UseRecorded(held));
            TrimUses();
        }
    }

    /// <summary>Keeps a rejected lesson.</summary>
    public void Quarantine(QuarantinedLesson rejected)
    {
        if (!book.Rejected.Contains(LessonBook.KeyOf(rejected)))
        {
            Commit(new RejectionFiled(rejected));
            TrimRejected();
        }
    }

    /// <summary>Adds what is not yet here. Whatever would give way at once is left out, so that importing again changes nothing.</summary>
    public void Import(MemorySnapshot snapshot, DateTimeOffset now)
    {
        Expire(now);
        HashSet<string> before = [.. snapshot.Uses.SelectMany(use => use.LessonIds).Where(book.Holds)];
        ImportLessons(snapshot.Lessons, now);
        ImportUses(snapshot.Uses, before);
        ImportRejected(snapshot.Quarantine);
    }

    private void ImportLessons(ImmutableArray<Lesson> lessons, DateTimeOffset now)
    {
        long rank = book.NextRank;
        DateTimeOffset since = options.Since(now);
        foreach ((int index, Lesson lesson) in lessons.Select(LessonMerge.Tidy).Index().OrderBy(item => LessonOrder.LastLearnt(item.Item)))
        {
            Lesson? known = book.Find(lesson.Id);
            bool adds = known is null ? HasRoomFor(lesson) : !LessonMerge.AddsNothing(known, lesson);
            if (adds && LessonOrder.LastLearnt(lesson) >= since)
            {
                Commit(new LessonFiled(lesson, known is null ? rank + index : null));
                MakeRoom(lesson);
            }
        }
    }

    // Once uses were dropped, an unknown one may be one of them; counting it could count it twice.
    private void ImportUses(ImmutableArray<LessonUse> uses, HashSet<string> creditedBefore)
    {
        var unknown = new List<LessonUse>();
        foreach (LessonUse use in uses)
        {
            if (book.Uses.TryGet(LessonBook.KeyOf(use), out LessonUse? known))
            {
                Complete(known, use);
            }
            else if (Held(use) is { } held)
            {
                unknown.Add(held);
            }
        }

        int room = book.Uses.Dropped > 0 ? 0 : Math.Max(0, options.MaxUses - book.Uses.Count);
        foreach (LessonUse use in unknown.TakeLast(room))
        {
            Credit(new UseRecorded(use, [.. use.LessonIds.Where(creditedBefore.Contains)]));
        }
    }

    private void ImportRejected(ImmutableArray<QuarantinedLesson> rejected)
    {
        int room = book.Rejected.Dropped > 0 ? 0 : Math.Max(0, options.MaxQuarantined - book.Rejected.Count);
        foreach (QuarantinedLesson lesson in rejected.Where(lesson => !book.Rejected.Contains(LessonBook.KeyOf(lesson))).TakeLast(room).ToList())
        {
            Commit(new RejectionFiled(lesson));
        }
    }

    private void Complete(LessonUse known, LessonUse use)
    {
        if (known.DeltaG is null && use.DeltaG is not null)
        {
            Credit(new UseRecorded(known with { DeltaG = use.DeltaG }));
        }
    }

    private void Credit(UseRecorded recorded)
    {
        Commit(recorded);
        foreach (Lesson lesson in recorded.Use.LessonIds.Select(book.Find).OfType<Lesson>())
        {
            LessonState next = LessonLifecycle.Next(lesson.State, lesson.Credit, options.Lifecycle);
            if (next != lesson.State)
            {
                Commit(new LessonMoved(lesson.Id, next));
            }
        }
    }

    private Lesson? Nearest(Lesson lesson) =>
        options.MergeSimilarity is { } similarity ? LessonMerge.Nearest(lesson, book.OfTask(lesson.Scope), similarity) : null;

    // A trial without lessons is an entry too (the null arm); one whose lessons are all gone is not.
    private LessonUse? Held(LessonUse use)
    {
        ImmutableArray<string> held = [.. use.LessonIds.Distinct().Where(book.Holds)];
        return held.IsEmpty && !use.LessonIds.IsEmpty ? null : use with { LessonIds = held };
    }

    private void Expire(DateTimeOffset now)
    {
        DateTimeOffset since = options.Since(now);
        while (book.Oldest is { } oldest && LessonOrder.LastLearnt(oldest) < since)
        {
            Commit(new LessonForgotten(oldest.Id, ForgetCause.Expired));
        }
    }

    private void MakeRoom(Lesson filed)
    {
        while (book.CountOf(filed.Scope) > options.MaxLessonsPerTask && book.NextToGo(filed.Scope, filed.Id) is { } least)
        {
            Commit(new LessonForgotten(least.Id, ForgetCause.Evicted));
        }

        while (book.Count > options.MaxLessons && book.NextToGo(filed.Id) is { } least)
        {
            Commit(new LessonForgotten(least.Id, ForgetCause.Evicted));
        }
    }

    private bool HasRoomFor(Lesson lesson) =>
        (book.CountOf(lesson.Scope) < options.MaxLessonsPerTask || Outranks(lesson, book.NextToGo(lesson.Scope, null)))
        && (book.Count < options.MaxLessons || Outranks(lesson, book.NextToGo(null)));

    private static bool Outranks(Lesson lesson, Lesson? least) => least is null || LessonOrder.CompareWorth(lesson, least) > 0;

    private void TrimUses()
    {
        if (book.Uses.Count > options.MaxUses)
        {
            Commit(new UsesDropped(Math.Max(book.Uses.Count - options.MaxUses, options.MaxUses / 10)));
        }
    }

    private void TrimRejected()
    {
        if (book.Rejected.Count > options.MaxQuarantined)
        {
            Commit(new RejectionsDropped(Math.Max(book.Rejected.Count - options.MaxQuarantined, options.MaxQuarantined / 10)));
        }
    }

    private void Commit(MemoryRecord record)
    {
        book.Apply(record);
        journal?.Add(record);
    }
}
