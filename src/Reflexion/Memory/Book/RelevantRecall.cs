namespace Reflexion;

/// <summary>One recall by relevance, over an index of lessons.</summary>
internal sealed class RelevantRecall(LessonIndex index, LessonQuery query, LessonEmbedding? embedding, DateTimeOffset since, RecallOptions options)
{
    private readonly Dictionary<long, Lesson> _lessons = [];
    private readonly int _pool = RankFusion.PoolFor(query.Limit);

    /// <summary>The lessons, best last.</summary>
    public IReadOnlyList<Lesson> Run()
    {
        List<Ranked> best = RankFusion.Fuse([OfTask(), ByWords(), ByMeaning()], query.Limit, options);
        best.Reverse();
        return [.. best.Select(lesson => _lessons[lesson.Rank])];
    }

    // Other agents' lessons on the task stand on no shelf of their own.
    private List<Ranked> OfTask()
    {
        IEnumerable<LessonEntry> found = query.Breadth == LessonBreadth.Tenant
            ? Recent(LessonBreadth.Tenant).Where(entry => entry.Lesson.Scope.TaskId == query.Scope.TaskId)
            : Recent(LessonBreadth.Task);
        return [.. found.Take(_pool).Select(entry => Rank(entry, 0))];
    }

    private List<Ranked> ByWords()
    {
        Dictionary<LessonEntry, double> scores = index.WordsOf(query.Scope.Tenant)?.Score(query.Text!, options.MaxCandidates) ?? [];
        return Ranked.Best(scores.Where(pair => IsInBreadth(pair.Key.Lesson)).Select(pair => Rank(pair.Key, pair.Value)), _pool);
    }

    private List<Ranked> ByMeaning()
    {
        if (embedding is null)
        {
            return [];
        }

        IEnumerable<Ranked> near = Recent(query.Breadth).Where(entry => entry.Lesson.Embedding?.ModelId == embedding.ModelId).Take(options.MaxCandidates)
            .Select(entry => Rank(entry, Cosine.Of(entry.Lesson.Embedding!.Vector.AsSpan(), embedding.Vector.AsSpan())));
        return Ranked.Best(near.Where(lesson => lesson.Score > 0), _pool);
    }

    private IEnumerable<LessonEntry> Recent(LessonBreadth breadth)
    {
        for (LinkedListNode<LessonEntry>? node = index.Find(query.Scope, breadth)?.Last; node is not null; node = node.Previous)
        {
            if (LessonOrder.IsRecalled(node.Value.Lesson, since))
            {
                yield return node.Value;
            }
        }
    }

    private bool IsInBreadth(Lesson lesson) =>
        LessonOrder.IsRecalled(lesson, since)
        && (query.Breadth == LessonBreadth.Tenant || lesson.Scope.Agent == query.Scope.Agent)
        && (query.Breadth != LessonBreadth.Task || lesson.Scope.TaskId == query.Scope.TaskId);

    private Ranked Rank(LessonEntry entry, double score)
    {
        _lessons[entry.Rank] = entry.Lesson;
        return new(entry.Rank, score, entry.Lesson.Credit);
    }
}
