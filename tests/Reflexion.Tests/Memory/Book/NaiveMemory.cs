using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>What a memory does, written as plainly as possible: lists, and nothing found but by looking at everything.</summary>
internal sealed class NaiveMemory(MemoryOptions options)
{
    private readonly List<Lesson> _firstLearnt = [];
    private readonly List<string> _recency = [];
    private readonly List<LessonUse> _uses = [];

    public void Add(Lesson lesson, DateTimeOffset now)
    {
        foreach (Lesson old in _firstLearnt.Where(old => IsExpired(old, now)).ToList())
        {
            Remove(old);
        }

        Lesson? known = _firstLearnt.Find(other => other.Id == lesson.Id);
        if (known is not null && known.Provenances.Contains(lesson.Provenances[0]))
        {
            return;
        }

        _recency.Remove(lesson.Id);
        _recency.Add(lesson.Id);
        if (known?.State == LessonState.Retired)
        {
            Replace(known, known with { State = LessonState.Candidate, Credit = default });
            known = _firstLearnt.Find(other => other.Id == lesson.Id);
        }

        if (known is null)
        {
            _firstLearnt.Add(lesson);
        }
        else
        {
            ImmutableArray<LessonProvenance> all = [.. known.Provenances.Add(lesson.Provenances[0]).OrderBy(p => p.WrittenAt).ThenBy(p => p.EpisodeId, StringComparer.Ordinal)];
            Replace(known, known with { Provenances = all });
        }

        while (_firstLearnt.Count(other => other.Scope == lesson.Scope) > options.MaxLessonsPerTask)
        {
            Remove(Least(_firstLearnt.Where(other => other.Scope == lesson.Scope), lesson));
        }

        while (_firstLearnt.Count > options.MaxLessons)
        {
            IEnumerable<IGrouping<string, Lesson>> tenants = _firstLearnt.GroupBy(other => other.Scope.Tenant);
            int most = tenants.Max(group => group.Count());
            Remove(Least(tenants.Where(group => group.Count() == most).MinBy(group => group.Min(other => _recency.IndexOf(other.Id)))!, lesson));
        }
    }

    public void Use(LessonUse use)
    {
        int index = _uses.FindIndex(other => other.Trial == use.Trial);
        if (index >= 0)
        {
            if (_uses[index].DeltaG is null && use.DeltaG is not null)
            {
                _uses[index] = _uses[index] with { DeltaG = use.DeltaG };
                Credit(_uses[index].LessonIds, 0, use.DeltaG);
            }

            return;
        }

        ImmutableArray<string> held = [.. use.LessonIds.Distinct().Where(id => _recency.Contains(id))];
        if (held.Length > 0 || use.LessonIds.IsEmpty)
        {
            _uses.Add(use with { LessonIds = held });
            Credit(held, 1, use.DeltaG);
        }
    }

    public IEnumerable<Lesson> Recall(LessonQuery query, DateTimeOffset now) => _recency
        .Select(id => _firstLearnt.Single(lesson => lesson.Id == id))
        .Where(lesson => lesson.Scope.Tenant == query.Scope.Tenant
            && (query.Breadth >= LessonBreadth.Tenant || lesson.Scope.Agent == query.Scope.Agent)
            && (query.Breadth >= LessonBreadth.Agent || lesson.Scope.TaskId == query.Scope.TaskId)
            && !IsExpired(lesson, now)
            && lesson.State != LessonState.Retired)
        .TakeLast(query.Limit);

    public MemorySnapshot Export(DateTimeOffset now) => new()
    {
        Lessons = [.. _firstLearnt.Where(lesson => !IsExpired(lesson, now))],
        Uses = [.. _uses],
    };

    private bool IsExpired(Lesson lesson, DateTimeOffset now) => now - lesson.Provenances[^1].WrittenAt > options.MaxAge;

    private Lesson Least(IEnumerable<Lesson> lessons, Lesson spared) => lessons.Where(lesson => lesson.Id != spared.Id)
        .OrderBy(lesson => lesson.Credit.MeanDelta ?? 0).ThenBy(lesson => lesson.Provenances[^1].WrittenAt).ThenBy(lesson => _recency.IndexOf(lesson.Id))
        .First();

    private void Replace(Lesson known, Lesson lesson) => _firstLearnt[_firstLearnt.FindIndex(other => other.Id == known.Id)] = lesson;

    private void Remove(Lesson lesson)
    {
        _firstLearnt.Remove(lesson);
        _recency.Remove(lesson.Id);
    }

    private void Credit(ImmutableArray<string> ids, int uses, double? delta)
    {
        foreach (string id in ids)
        {
            int index = _firstLearnt.FindIndex(lesson => lesson.Id == id);
            if (index < 0)
            {
                continue;
            }

            LessonCredit credit = _firstLearnt[index].Credit;
            credit = credit with { Uses = credit.Uses + uses };
            if (delta is { } known && credit.CreditedUses < credit.Uses)
            {
                credit = credit with { CreditedUses = credit.CreditedUses + 1, TotalDelta = credit.TotalDelta + known };
            }

            LessonState state = LessonLifecycle.Next(_firstLearnt[index].State, credit, options.Lifecycle);
            _firstLearnt[index] = _firstLearnt[index] with { Credit = credit, State = state };
        }
    }
}
