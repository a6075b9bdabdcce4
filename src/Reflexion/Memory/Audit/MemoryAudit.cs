using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What is wrong with a memory: what repeats, what nobody uses, what harms, what is old, what was rejected, what secrets it holds.</summary>
/// <remarks>Made of an export, so it changes nothing, and can be made of an export of last year too.</remarks>
public sealed record MemoryAudit
{
    private MemoryAudit()
    {
    }

    /// <summary>How many lessons were audited.</summary>
    public required int Lessons { get; init; }

    /// <summary>Lessons with almost the same words as an earlier one of the same tenant and agent, each with the closest that is no duplicate itself.</summary>
    public required ImmutableArray<LessonOverlap> Duplicates { get; init; }

    /// <summary>
    /// Lessons that mostly repeat a lesson which stood in the very prompt of the trial they were learnt from, so that memory feeds on
    /// itself. A lesson learnt again while it stood in the prompt repeats itself.
    /// </summary>
    public required ImmutableArray<LessonOverlap> RecallLoops { get; init; }

    /// <summary>Lessons that never stood in a prompt.</summary>
    public required ImmutableArray<Lesson> NeverUsed { get; init; }

    /// <summary>Lessons whose mean ΔG is below zero, worst first.</summary>
    public required ImmutableArray<Lesson> Harmful { get; init; }

    /// <summary>Lessons that were retired and are no longer recalled, most harmful first.</summary>
    public required ImmutableArray<Lesson> Retired { get; init; }

    /// <summary>How many lessons are in each state, from candidates on; states without lessons count 0.</summary>
    public required ImmutableArray<(LessonState State, int Count)> States { get; init; }

    /// <summary>Lessons, and rejected ones, that carry what <see cref="SecretGuard"/> knows as a secret. Revoke it, then forget the lesson.</summary>
    public required ImmutableArray<SecretFinding> Secrets { get; init; }

    /// <summary>Lessons that were last learnt long ago, oldest first.</summary>
    public required ImmutableArray<Lesson> Stale { get; init; }

    /// <summary>How many lessons were rejected.</summary>
    public required int Quarantined { get; init; }

    /// <summary>How many were rejected for each reason, most frequent first.</summary>
    public required ImmutableArray<(string Reason, int Count)> QuarantineReasons { get; init; }

    /// <summary>Lessons and rejections of each scope, fullest first.</summary>
    public required ImmutableArray<ScopeCount> Scopes { get; init; }

    /// <summary>Audits a snapshot. Pure: the same input gives the same report.</summary>
    /// <param name="snapshot">What a memory exported.</param>
    /// <param name="now">The time by which lessons are stale.</param>
    /// <param name="options">Where to draw the lines; null for the defaults.</param>
    /// <exception cref="ArgumentException">The snapshot or an option is not valid.</exception>
    public static MemoryAudit Of(MemorySnapshot snapshot, DateTimeOffset now, MemoryAuditOptions? options = null)
    {
        MemoryArguments.Check(snapshot);
        options ??= new();
        options.Validate();
        return new()
        {
            Lessons = snapshot.Lessons.Length,
            Duplicates = DuplicateSearch.Find(snapshot.Lessons, options.DuplicateSimilarity),
            RecallLoops = RecallLoopSearch.Find(snapshot, options.EchoShare),
            NeverUsed = [.. snapshot.Lessons.Where(lesson => lesson.Credit.Uses == 0)],
            Harmful =
            [
                .. snapshot.Lessons.Where(lesson => lesson.Credit.CreditedUses >= options.MinimumUses && lesson.Credit.MeanDelta < 0)
                    .OrderBy(lesson => lesson.Credit.MeanDelta),
            ],
            Retired =
            [
                .. snapshot.Lessons.Where(lesson => lesson.State == LessonState.Retired).OrderBy(lesson => lesson.Credit.MeanDelta),
            ],
            States = [.. Enum.GetValues<LessonState>().Select(state => (state, snapshot.Lessons.Count(lesson => lesson.State == state)))],
            Secrets =
            [
                .. snapshot.Lessons.Select(lesson => SecretIn(lesson, isQuarantined: false)).OfType<SecretFinding>(),
                .. snapshot.Quarantine.Select(rejected => SecretIn(rejected.Lesson, isQuarantined: true)).OfType<SecretFinding>(),
            ],
            Stale =
            [
                .. snapshot.Lessons.Where(lesson => now - LessonOrder.LastLearnt(lesson) > options.StaleAfter).OrderBy(LessonOrder.LastLearnt),
            ],
            Quarantined = snapshot.Quarantine.Length,
            QuarantineReasons =
            [
                .. snapshot.Quarantine.CountBy(rejected => rejected.Reason).OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)),
            ],
            Scopes = ScopesOf(snapshot),
        };
    }

    private static SecretFinding? SecretIn(Lesson lesson, bool isQuarantined) =>
        SecretGuard.Find(lesson) is { } kind ? new(lesson, kind, isQuarantined) : null;

    private static ImmutableArray<ScopeCount> ScopesOf(MemorySnapshot snapshot)
    {
        Dictionary<LessonScope, int> lessons = snapshot.Lessons.CountBy(lesson => lesson.Scope).ToDictionary();
        Dictionary<LessonScope, int> rejected = snapshot.Quarantine.CountBy(item => item.Lesson.Scope).ToDictionary();
        return
        [
            .. lessons.Keys.Union(rejected.Keys)
                .Select(scope => new ScopeCount(scope, lessons.GetValueOrDefault(scope), rejected.GetValueOrDefault(scope)))
                .OrderByDescending(count => count.Lessons).ThenByDescending(count => count.Quarantined)
                .ThenBy(count => count.Scope.Tenant, StringComparer.Ordinal)
                .ThenBy(count => count.Scope.Agent, StringComparer.Ordinal)
                .ThenBy(count => count.Scope.TaskId, StringComparer.Ordinal),
        ];
    }
}
