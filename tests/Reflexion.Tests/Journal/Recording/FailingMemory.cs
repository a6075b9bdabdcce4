namespace Reflexion.Tests;

/// <summary>A memory that cannot be told what a lesson was worth while its disk is full.</summary>
internal sealed class FailingMemory(IEpisodicMemory inner) : IEpisodicMemory
{
    internal bool IsFull { get; set; } = true;

    public ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default) => inner.AddAsync(lesson, cancellationToken);

    public ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default) => inner.RecallAsync(query, cancellationToken);

    public ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default) =>
        IsFull && use.DeltaG is not null ? throw new IOException("No space left on device") : inner.RecordUseAsync(use, cancellationToken);

    public ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default) => inner.QuarantineAsync(lesson, cancellationToken);

    public ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default) => inner.ExportAsync(cancellationToken);

    public ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default) => inner.ImportAsync(snapshot, cancellationToken);
}
