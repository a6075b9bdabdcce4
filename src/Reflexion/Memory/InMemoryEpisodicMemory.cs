namespace Reflexion;

/// <summary>A memory that lives as long as the process.</summary>
/// <remarks>
/// Thread-safe; a call holds one lock for about a microsecond, an export for as long as it takes to copy the lessons, and a recall by
/// relevance for as long as it takes to compare them (see <see cref="RecallOptions.MaxCandidates"/>); the first one of a tenant makes the index
/// of its words. Only the generator of embeddings is waited for, so without one a cancellation takes effect only before a call begins.
/// </remarks>
public sealed class InMemoryEpisodicMemory : IEpisodicMemory
{
    private readonly Lock _gate = new();
    private readonly LessonBook _book = new();
    private readonly MemoryOptions _options;
    private readonly MemoryClerk _clerk;
    private readonly LessonEmbedder _embedder;
    private readonly TimeProvider _time;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="options">How much it keeps; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public InMemoryEpisodicMemory(MemoryOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new();
        _options.Validate();
        _time = time ?? TimeProvider.System;
        _clerk = new(_book, _options);
        _embedder = new(_options.Recall);
    }

    /// <inheritdoc/>
    public ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Lesson>(cancellationToken);
        }

        return _embedder.IsOn ? EmbedAndFileAsync(lesson, cancellationToken) : new(File(lesson));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(query);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<Lesson>>(cancellationToken);
        }

        return _embedder.IsOn ? EmbedAndRecallAsync(query, cancellationToken) : new(Recall(query, null));
    }

    /// <inheritdoc/>
    public ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(use);
        return Do(static (clerk, use, _) => clerk.RecordUse(use), use, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        return Do(static (clerk, lesson, _) => clerk.Quarantine(lesson), lesson, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<MemorySnapshot>(cancellationToken);
        }

        DateTimeOffset since = _options.Since(_time.GetUtcNow());
        lock (_gate)
        {
            return new(_book.Snapshot(since));
        }
    }

    /// <inheritdoc/>
    public ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(snapshot);
        return Do(static (clerk, snapshot, now) => clerk.Import(snapshot, now), snapshot, cancellationToken);
    }

    private async ValueTask<Lesson> EmbedAndFileAsync(Lesson lesson, CancellationToken cancellationToken) =>
        File(await _embedder.EmbedAsync(lesson, cancellationToken).ConfigureAwait(false));

    private async ValueTask<IReadOnlyList<Lesson>> EmbedAndRecallAsync(LessonQuery query, CancellationToken cancellationToken) =>
        Recall(query, await _embedder.EmbedAsync(query, cancellationToken).ConfigureAwait(false));

    private Lesson File(Lesson lesson)
    {
        lock (_gate)
        {
            return _clerk.File(lesson, _time.GetUtcNow());
        }
    }

    private IReadOnlyList<Lesson> Recall(LessonQuery query, LessonEmbedding? embedding)
    {
        DateTimeOffset since = _options.Since(_time.GetUtcNow());
        lock (_gate)
        {
            return _book.Recall(query, embedding, since, _options.Recall);
        }
    }

    private ValueTask Do<T>(Action<MemoryClerk, T, DateTimeOffset> action, T argument, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            action(_clerk, argument, _time.GetUtcNow());
        }

        return default;
    }
}
