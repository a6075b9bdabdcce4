using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>Decides what a call means for a database, as <see cref="MemoryClerk"/> does for a book, within one transaction that writes.</summary>
internal sealed class SqlClerk(SqlSession session, MemoryOptions options)
{
    private readonly SqlLessons _lessons = new(session);
    private readonly SqlLedger _uses = new(session, "uses", "use", options.MaxUses);
    private readonly SqlLedger _rejections = new(session, "rejections", "rejection", options.MaxQuarantined);

    public async ValueTask<Lesson> FileAsync(Lesson lesson, DateTimeOffset now)
    {
        await ExpireAsync(now).ConfigureAwait(false);
        SqlLessonRow? known = await _lessons.FindAsync(lesson.Id).ConfigureAwait(false);
        if (known is null && await NearestAsync(lesson).ConfigureAwait(false) is { } near)
        {
            (known, lesson) = (near, LessonMerge.InWordsOf(near.Lesson, lesson));
        }

        if (known is not null && LessonMerge.AddsNothing(known.Lesson, lesson))
        {
            return known.Lesson;
        }

        Lesson filed = await PutAsync(known, lesson, null).ConfigureAwait(false);
        await MakeRoomAsync(filed).ConfigureAwait(false);
        return filed;
    }

    public async ValueTask RecordUseAsync(LessonUse use)
    {
        if (await FindUseAsync(use).ConfigureAwait(false) is { } known)
        {
            await CompleteAsync(known.Number, known.Use, use).ConfigureAwait(false);
        }
        else if (Held(use, await _lessons.HeldAsync(use.LessonIds).ConfigureAwait(false)) is { } held)
        {
            await EnterAsync(held, held.LessonIds).ConfigureAwait(false);
            await _uses.TrimAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask QuarantineAsync(QuarantinedLesson rejected)
    {
        if (!await IsRejectedAsync(rejected).ConfigureAwait(false))
        {
            await RejectAsync(rejected).ConfigureAwait(false);
            await _rejections.TrimAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask ImportAsync(MemorySnapshot snapshot, DateTimeOffset now)
    {
        await ExpireAsync(now).ConfigureAwait(false);
        HashSet<string> before = await _lessons.HeldAsync(snapshot.Uses.SelectMany(use => use.LessonIds)).ConfigureAwait(false);
        await ImportLessonsAsync(snapshot.Lessons, now).ConfigureAwait(false);
        await ImportUsesAsync(snapshot.Uses, before).ConfigureAwait(false);
        await ImportRejectedAsync(snapshot.Quarantine).ConfigureAwait(false);
    }

    public static async ValueTask<MemorySnapshot> ExportAsync(SqlSession session, DateTimeOffset since)
    {
        List<SqlLessonRow> lessons = await session.QueryAsync(
            $"SELECT {SqlLessonRow.Columns} FROM lessons WHERE last_learnt >= @since ORDER BY rank", SqlLessonRow.Read, ("since", since.UtcTicks)).ConfigureAwait(false);
        return new()
        {
            Lessons = [.. lessons.Select(row => row.Lesson)],
            Uses = [.. (await new SqlLedger(session, "uses", "use", 0).ItemsAsync<UseRecorded>().ConfigureAwait(false)).Select(recorded => recorded.Use)],
            Quarantine = [.. (await new SqlLedger(session, "rejections", "rejection", 0).ItemsAsync<RejectionFiled>().ConfigureAwait(false)).Select(filed => filed.Lesson)],
        };
    }

    private async ValueTask<Lesson> PutAsync(SqlLessonRow? known, Lesson lesson, long? rank)
    {
        Lesson filed = known is null ? LessonMerge.Tidy(lesson) : LessonMerge.Merge(known.Lesson, lesson);
        if (known is null)
        {
            await _lessons.InsertAsync(filed, rank).ConfigureAwait(false);
        }
        else
        {
            await _lessons.RefreshAsync(known, filed).ConfigureAwait(false);
        }

        return filed;
    }

    private async ValueTask<SqlLessonRow?> NearestAsync(Lesson lesson)
    {
        if (options.MergeSimilarity is not { } similarity)
        {
            return null;
        }

        List<SqlLessonRow> ofTask = await _lessons.OfTaskAsync(lesson.Scope).ConfigureAwait(false);
        Lesson? nearest = LessonMerge.Nearest(lesson, ofTask.Select(row => row.Lesson), similarity);
        return ofTask.Find(row => ReferenceEquals(row.Lesson, nearest));
    }

    private async ValueTask ExpireAsync(DateTimeOffset now)
    {
        DateTimeOffset since = options.Since(now);
        while (options.MaxAge is not null && await _lessons.ExpiredAsync(since).ConfigureAwait(false) is { } oldest)
        {
            await _lessons.ForgetAsync(oldest).ConfigureAwait(false);
        }
    }

    private async ValueTask MakeRoomAsync(Lesson filed)
    {
        while (await _lessons.CountOfTaskAsync(filed.Scope).ConfigureAwait(false) > options.MaxLessonsPerTask
            && await _lessons.NextToGoAsync(filed.Scope, filed.Id).ConfigureAwait(false) is { } least)
        {
            await _lessons.ForgetAsync(least).ConfigureAwait(false);
        }

        while (await _lessons.CountAsync().ConfigureAwait(false) > options.MaxLessons
            && await _lessons.NextToGoAsync(filed.Id).ConfigureAwait(false) is { } least)
        {
            await _lessons.ForgetAsync(least).ConfigureAwait(false);
        }
    }

    private async ValueTask ImportLessonsAsync(ImmutableArray<Lesson> lessons, DateTimeOffset now)
    {
        long rank = await SqlCounters.ReadAsync(session, "rank").ConfigureAwait(false) + 1;
        DateTimeOffset since = options.Since(now);
        foreach ((int index, Lesson lesson) in lessons.Select(LessonMerge.Tidy).Index().OrderBy(item => LessonOrder.LastLearnt(item.Item)))
        {
            SqlLessonRow? known = await _lessons.FindAsync(lesson.Id).ConfigureAwait(false);
            bool adds = known is null ? await HasRoomForAsync(lesson).ConfigureAwait(false) : !LessonMerge.AddsNothing(known.Lesson, lesson);
            if (adds && LessonOrder.LastLearnt(lesson) >= since)
            {
                await MakeRoomAsync(await PutAsync(known, lesson, rank + index).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> HasRoomForAsync(Lesson lesson) =>
        (await _lessons.CountOfTaskAsync(lesson.Scope).ConfigureAwait(false) < options.MaxLessonsPerTask
            || Outranks(lesson, await _lessons.NextToGoAsync(lesson.Scope, null).ConfigureAwait(false)))
        && (await _lessons.CountAsync().ConfigureAwait(false) < options.MaxLessons
            || Outranks(lesson, await _lessons.NextToGoAsync((string?)null).ConfigureAwait(false)));

    private static bool Outranks(Lesson lesson, SqlLessonRow? least) => least is null || LessonOrder.CompareWorth(lesson, least.Lesson) > 0;

    private async ValueTask ImportUsesAsync(ImmutableArray<LessonUse> uses, HashSet<string> creditedBefore)
    {
        HashSet<string> held = await _lessons.HeldAsync(uses.SelectMany(use => use.LessonIds)).ConfigureAwait(false);
        var unknown = new List<LessonUse>();
        foreach (LessonUse use in uses)
        {
            if (await FindUseAsync(use).ConfigureAwait(false) is { } known)
            {
                await CompleteAsync(known.Number, known.Use, use).ConfigureAwait(false);
            }
            else if (Held(use, held) is { } kept)
            {
                unknown.Add(kept);
            }
        }

        foreach (LessonUse use in unknown.TakeLast(await _uses.RoomAsync().ConfigureAwait(false)))
        {
            await EnterAsync(use, use.LessonIds.Where(creditedBefore.Contains)).ConfigureAwait(false);
        }
    }

    private async ValueTask ImportRejectedAsync(ImmutableArray<QuarantinedLesson> rejected)
    {
        var unknown = new List<QuarantinedLesson>();
        foreach (QuarantinedLesson lesson in rejected)
        {
            if (!await IsRejectedAsync(lesson).ConfigureAwait(false))
            {
                unknown.Add(lesson);
            }
        }

        foreach (QuarantinedLesson lesson in unknown.TakeLast(await _rejections.RoomAsync().ConfigureAwait(false)))
        {
            await RejectAsync(lesson).ConfigureAwait(false);
        }
    }

    // A trial without lessons is an entry too (the null arm); one whose lessons are all gone is not.
    private static LessonUse? Held(LessonUse use, HashSet<string> lessons)
    {
        ImmutableArray<string> held = [.. use.LessonIds.Distinct().Where(lessons.Contains)];
        return held.IsEmpty && !use.LessonIds.IsEmpty ? null : use with { LessonIds = held };
    }

    private async ValueTask<(long Number, LessonUse Use)?> FindUseAsync(LessonUse use)
    {
        List<(long, LessonUse)> found = await session.QueryAsync(
            "SELECT number, content FROM uses WHERE episode = @episode AND trial = @trial",
            static row => (row.GetInt64(0), SqlLines.Read<UseRecorded>(row.GetString(1), "uses", row.GetInt64(0)).Use),
            ("episode", SqlKey.Of(use.EpisodeId)),
            ("trial", use.Trial)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private async ValueTask EnterAsync(LessonUse use, IEnumerable<string> credited)
    {
        await session.ExecuteAsync(
            "INSERT INTO uses (number, episode, trial, content) VALUES (@number, @episode, @trial, @content)",
            ("number", await _uses.NextAsync().ConfigureAwait(false)),
            ("episode", SqlKey.Of(use.EpisodeId)),
            ("trial", use.Trial),
            ("content", SqlLines.Of(new UseRecorded(use)))).ConfigureAwait(false);
        await CreditAsync(credited, credit => LessonBook.Completed(credit with { Uses = credit.Uses + 1 }, use.DeltaG)).ConfigureAwait(false);
    }

    private async ValueTask CompleteAsync(long number, LessonUse known, LessonUse use)
    {
        if (known.DeltaG is null && use.DeltaG is not null)
        {
            await session.ExecuteAsync(
                "UPDATE uses SET content = @content WHERE number = @number",
                ("content", SqlLines.Of(new UseRecorded(known with { DeltaG = use.DeltaG }))),
                ("number", number)).ConfigureAwait(false);
            await CreditAsync(known.LessonIds, credit => LessonBook.Completed(credit, use.DeltaG)).ConfigureAwait(false);
        }
    }

    private async ValueTask CreditAsync(IEnumerable<string> ids, Func<LessonCredit, LessonCredit> change)
    {
        foreach (string id in ids)
        {
            if (await _lessons.FindAsync(id).ConfigureAwait(false) is { } row)
            {
                LessonCredit credit = change(row.Lesson.Credit);
                await _lessons.CreditAsync(row, credit, LessonLifecycle.Next(row.Lesson.State, credit, options.Lifecycle)).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> IsRejectedAsync(QuarantinedLesson rejected) =>
        await session.NumberAsync("SELECT COUNT(*) FROM rejections WHERE hash = @hash", ("hash", HashOf(rejected))).ConfigureAwait(false) > 0;

    private async ValueTask RejectAsync(QuarantinedLesson rejected) => await session.ExecuteAsync(
        "INSERT INTO rejections (number, hash, content) VALUES (@number, @hash, @content)",
        ("number", await _rejections.NextAsync().ConfigureAwait(false)),
        ("hash", HashOf(rejected)),
        ("content", SqlLines.Of(new RejectionFiled(rejected)))).ConfigureAwait(false);

    // What makes two rejections one: the lesson, where it first came from, the reason and the time.
    private static string HashOf(QuarantinedLesson rejected)
    {
        var bare = new Lesson(rejected.Lesson.Scope, rejected.Lesson.Text, rejected.Lesson.Provenances[0]);
        string line = SqlLines.Of(new RejectionFiled(new(bare, rejected.Reason, rejected.At)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
    }
}
