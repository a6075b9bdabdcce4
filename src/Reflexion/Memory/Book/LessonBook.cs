using System.Collections.Immutable;

namespace Reflexion;

/// <summary>The state of a memory: follows from the records applied to it, and answers queries. Decides nothing. Not thread-safe.</summary>
internal sealed class LessonBook
{
    private readonly LessonIndex _lessons = new();

    /// <summary>The credit ledger.</summary>
    public BoundedLog<(string Episode, int Trial), LessonUse> Uses { get; } = new();

    /// <summary>What guards rejected.</summary>
    public BoundedLog<(string Id, LessonProvenance First, string Reason, DateTimeOffset At), QuarantinedLesson> Rejected { get; } = new();

    /// <summary>The lessons.</summary>
    public int Count => _lessons.Count;

    /// <summary>How many things it holds: lessons, uses and rejections.</summary>
    public int Size => Count + Uses.Count + Rejected.Count;

    /// <summary>The place in the order of first learning that the next new lesson gets.</summary>
    public long NextRank { get; private set; }

    /// <summary>The lesson that was last learnt longest ago, or null.</summary>
    public Lesson? Oldest => _lessons.Oldest?.Lesson;

    public static (string Id, LessonProvenance First, string Reason, DateTimeOffset At) KeyOf(QuarantinedLesson rejected) =>
        (rejected.Lesson.Id, rejected.Lesson.Provenances[0], rejected.Reason, rejected.At);

    public static (string Episode, int Trial) KeyOf(LessonUse use) => (use.EpisodeId, use.Trial);

    public Lesson? Find(string id) => _lessons.TryGet(id, out LessonEntry? entry) ? entry.Lesson : null;

    public bool Holds(string id) => _lessons.TryGet(id, out _);

    /// <summary>The lessons of a task, least recently learnt first.</summary>
    public IEnumerable<Lesson> OfTask(LessonScope task) => _lessons.Find(task, LessonBreadth.Task)?.Select(entry => entry.Lesson) ?? [];

    public int CountOf(LessonScope task) => _lessons.Find(task, LessonBreadth.Task)?.Count ?? 0;

    /// <summary>The next lesson of a task to give way, the spared one excepted.</summary>
    public Lesson? NextToGo(LessonScope task, string? spared) =>
        _lessons.Find(task, LessonBreadth.Task)?.Where(entry => entry.Lesson.Id != spared).Min(LessonOrder.ByWorth)?.Lesson;

    /// <summary>The next lesson of all to give way, the spared one excepted.</summary>
    public Lesson? NextToGo(string? spared)
    {
        LessonEntry? kept = spared is not null && _lessons.TryGet(spared, out LessonEntry? entry) ? entry : null;
        return _lessons.NextToGo(kept)?.Lesson;
    }

    /// <summary>The lessons to recall: the most recent ones, oldest first, or the most relevant ones, best last.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="embedding">The embedding of its text, where there is a generator.</param>
    /// <param name="since">What was last learnt before this has expired.</param>
    /// <param name="options">How relevance is measured.</param>
    public IReadOnlyList<Lesson> Recall(LessonQuery query, LessonEmbedding? embedding, DateTimeOffset since, RecallOptions options) =>
        query.IsByRelevance ? new RelevantRecall(_lessons, query, embedding, since, options).Run() : Recent(query, since);

    private Lesson[] Recent(LessonQuery query, DateTimeOffset since)
    {
        LinkedListNode<LessonEntry>? last = _lessons.Find(query.Scope, query.Breadth)?.Last;
        int most = Math.Min(query.Limit, last?.List!.Count ?? 0);
        if (most == 0)
        {
            return [];
        }

        var found = new Lesson[most];
        int free = most;
        for (LinkedListNode<LessonEntry>? node = last; node is not null && free > 0; node = node.Previous)
        {
            if (LessonOrder.IsRecalled(node.Value.Lesson, since))
            {
                found[--free] = node.Value.Lesson;
            }
        }

        return free == 0 ? found : found[free..];
    }

    /// <summary>All that was learnt at or after an instant, and the ledgers.</summary>
    public MemorySnapshot Snapshot(DateTimeOffset since) => new()
    {
        Lessons =
        [
            .. _lessons.Entries.Where(entry => LessonOrder.LastLearnt(entry.Lesson) >= since)
                .OrderBy(entry => entry.Rank).Select(entry => entry.Lesson),
        ],
        Uses = [.. Uses.Items],
        Quarantine = [.. Rejected.Items],
    };

    /// <summary>The fewest records from which the same state follows.</summary>
    public IEnumerable<MemoryRecord> Records() =>
    [
        .. _lessons.Entries.OrderBy(entry => entry.Recency).Select(entry => new LessonFiled(entry.Lesson, entry.Rank)),
        .. Uses.Dropped > 0 ? new MemoryRecord[] { new UsesDropped(Uses.Dropped) } : [],
        .. Uses.Items.Select(use => new UseRecorded(use, [])),
        .. Rejected.Dropped > 0 ? new MemoryRecord[] { new RejectionsDropped(Rejected.Dropped) } : [],
        .. Rejected.Items.Select(rejected => new RejectionFiled(rejected)),
    ];

    public void Apply(MemoryRecord record)
    {
        switch (record)
        {
            case LessonFiled filed: File(filed); break;
            case LessonForgotten forgotten: Forget(forgotten.Id); break;
            case LessonMoved moved: Change(moved.Id, lesson => lesson with { State = moved.State }); break;
            case UseRecorded recorded: Record(recorded); break;
            case RejectionFiled rejected: Rejected.Put(KeyOf(rejected.Lesson), rejected.Lesson); break;
            case UsesDropped dropped: Uses.DropOldest(dropped.Count); break;
            case RejectionsDropped dropped: Rejected.DropOldest(dropped.Count); break;
            default: throw new InvalidOperationException($"A memory has no records of type {record.GetType().Name}.");
        }
    }

    private void File(LessonFiled filed)
    {
        if (_lessons.TryGet(filed.Lesson.Id, out LessonEntry? known))
        {
            _lessons.Refresh(known, LessonMerge.Merge(known.Lesson, filed.Lesson));
            return;
        }

        long rank = filed.Rank ?? NextRank;
        NextRank = Math.Max(NextRank, rank + 1);
        _lessons.Add(new(LessonMerge.Tidy(filed.Lesson), rank));
    }

    private void Forget(string id)
    {
        if (_lessons.TryGet(id, out LessonEntry? entry))
        {
            _lessons.Remove(entry);
        }
    }

    private void Record(UseRecorded recorded)
    {
        LessonUse use = recorded.Use;
        if (!Uses.TryGet(KeyOf(use), out LessonUse? known))
        {
            Uses.Put(KeyOf(use), use);
            Credit(recorded.Credited ?? use.LessonIds, credit => Completed(credit with { Uses = credit.Uses + 1 }, use.DeltaG));
        }
        else if (known.DeltaG is null && use.DeltaG is not null)
        {
            Uses.Put(KeyOf(use), known with { DeltaG = use.DeltaG });
            Credit(known.LessonIds, credit => Completed(credit, use.DeltaG));
        }
    }

    // A use from before a lesson was forgotten and learnt again is no use of the new one: it has no open use to complete.
    public static LessonCredit Completed(LessonCredit credit, double? delta) =>
        delta is { } known && credit.CreditedUses < credit.Uses
            ? credit with { CreditedUses = credit.CreditedUses + 1, TotalDelta = credit.TotalDelta + known }
            : credit;

    private void Credit(ImmutableArray<string> ids, Func<LessonCredit, LessonCredit> change)
    {
        foreach (string id in ids)
        {
            Change(id, lesson => lesson with { Credit = change(lesson.Credit) });
        }
    }

    private void Change(string id, Func<Lesson, Lesson> change)
    {
        if (_lessons.TryGet(id, out LessonEntry? entry))
        {
            _lessons.Change(entry, change(entry.Lesson));
        }
    }
}
