namespace Reflexion;

/// <summary>How much a memory keeps. Finite by default.</summary>
/// <remarks>
/// <para>
/// What gives way first when a task, or the memory, is full: the lesson of the least worth, where worth is
/// <see cref="LessonCredit.MeanDelta"/> and an untried lesson counts as 0; among equals the one whose last
/// <see cref="LessonProvenance.WrittenAt"/> is oldest. So lessons that did harm go first, then the oldest untried ones, and
/// those that helped go last. The lesson being filed never gives way to those already there. When the whole memory is full,
/// it is a lesson of the tenant that holds most, so that one tenant cannot crowd out the others; of tenants that hold as many, the
/// one with the least recently learnt lesson.
/// </para>
/// <para>A lesson remembers its first provenance and the 31 most recent ones.</para>
/// </remarks>
public record MemoryOptions
{
    /// <summary>The most lessons on one task. Default 100; at least 1.</summary>
    public int MaxLessonsPerTask { get; init; } = 100;

    /// <summary>The most lessons in all. Default 100,000; at least 1.</summary>
    public int MaxLessons { get; init; } = 100_000;

    /// <summary>
    /// How long a lesson lives after it was last learnt; null (default) for ever. Above zero. An older one is no longer
    /// recalled or exported, and is removed when the next lesson is filed; learnt again, it starts afresh.
    /// </summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// The most entries of the credit ledger. Default 100,000; at least 1. When it is full, the oldest tenth is dropped;
    /// lessons keep the credit. A use that is scored only after it was dropped counts as another use.
    /// </summary>
    public int MaxUses { get; init; } = 100_000;

    /// <summary>
    /// From what similarity (shared words over all words of text, root cause and plan, Jaccard's index) a new lesson is merged into one of
    /// the same task that says much the same: the earlier words stay, the provenance is added. In (0,1], where 0.8 is a good start; null
    /// (default) merges only lessons with the very same words. Imports are not merged so.
    /// </summary>
    public double? MergeSimilarity { get; init; }

    /// <summary>How lessons are ranked when recalled by what they are about.</summary>
    public RecallOptions Recall { get; init; } = new();

    /// <summary>What credit promotes and retires a lesson.</summary>
    public LessonLifecycleOptions Lifecycle { get; init; } = new();

    /// <summary>The most rejected lessons kept. Default 10,000; at least 1. When it is full, the oldest tenth is dropped.</summary>
    public int MaxQuarantined { get; init; } = 10_000;

    /// <summary>What was last learnt before this instant has expired.</summary>
    internal DateTimeOffset Since(DateTimeOffset now) =>
        MaxAge is { } age && age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;

    internal virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLessonsPerTask, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLessons, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUses, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQuarantined, 1);
        ArgumentNullException.ThrowIfNull(Recall);
        ArgumentNullException.ThrowIfNull(Lifecycle);
        Recall.Validate();
        Lifecycle.Validate();
        if (MergeSimilarity is { } similarity && !(similarity > 0 && similarity <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MergeSimilarity), similarity, "A similarity lies in (0,1].");
        }

        if (MaxAge is { } age)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero, nameof(MaxAge));
        }
    }
}
