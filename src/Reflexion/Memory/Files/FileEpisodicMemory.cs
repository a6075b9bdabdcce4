namespace Reflexion;

/// <summary>A memory in a file of JSON lines, which several processes may share.</summary>
/// <remarks>
/// <para>
/// Thread-safe. A call that has completed is in the file, and on the disk unless <see cref="FileMemoryOptions.FlushToDisk"/> is
/// false. The process may be killed at any byte: a last line without an end does not count, and the next writer cuts it off. A
/// lesson whose call failed, was cancelled or died with its process is in the file as a whole or not at all.
/// </para>
/// <para>
/// One process writes at a time: beside the file lie <c>.lock</c> and <c>.lock.next</c>, empty and never deleted. The lock is
/// advisory outside Windows, so on network file systems without flock the file must not be shared. Recall sees what other processes
/// have written by looking at the file's length and time. Calls that come while the disk is busy share one write and one flush.
/// </para>
/// <para>
/// The file keeps every lesson in clear text, rejected ones too. <see cref="MemoryOptions"/> should be the same in all processes: each
/// makes room by its own.
/// </para>
/// </remarks>
public sealed class FileEpisodicMemory : IEpisodicMemory, IAsyncDisposable
{
    private readonly FileMemoryWriter _writer;
    private readonly RecallOptions _recall;
    private readonly LessonEmbedder _embedder;

    private FileEpisodicMemory(string path, FileMemoryWriter writer, RecallOptions recall)
    {
        Path = path;
        _writer = writer;
        _recall = recall;
        _embedder = new(recall);
    }

    /// <summary>The file, as a full path with symbolic links resolved.</summary>
    public string Path { get; }

    /// <summary>Opens a memory file, or creates it.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age and locks time out; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait for the file.</param>
    /// <returns>The memory; dispose it to wait for what is being written.</returns>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    /// <exception cref="MemoryFormatException">The file is damaged, of a newer version, or something else.</exception>
    /// <exception cref="MemoryLockTimeoutException">Another process holds the file.</exception>
    /// <exception cref="IOException">The file cannot be read or created.</exception>
    public static ValueTask<FileEpisodicMemory> OpenAsync(
        string path, FileMemoryOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new();
        time ??= TimeProvider.System;
        options.Validate();
        var file = new FileInfo(path);
        string full = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return OpenAsync(full, options, time, new(full, options.FlushToDisk, time), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        Lesson embedded = await _embedder.EmbedAsync(lesson, cancellationToken).ConfigureAwait(false);
        Lesson? filed = await _writer.SubmitAsync(new((clerk, now) => clerk.File(embedded, now)), cancellationToken).ConfigureAwait(false);
        return filed!;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(query);
        return _embedder.IsOn ? EmbedAndRecallAsync(query, cancellationToken) : RecallAsync(query, null, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(use);
        return WriteAsync((clerk, _) => clerk.RecordUse(use), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(lesson);
        return WriteAsync((clerk, _) => clerk.Quarantine(lesson), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(static (book, since) => book.Snapshot(since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(snapshot);
        return WriteAsync((clerk, now) => clerk.Import(snapshot, now), cancellationToken);
    }

    /// <summary>
    /// Rewrites the file with only what the memory still holds, and puts it in the old one's place at once: a process that dies
    /// meanwhile leaves the old file, and other processes go on with the new one.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the file is then compacted or not.</param>
    /// <exception cref="IOException">The new file cannot be written; the old one is as it was.</exception>
    public async ValueTask CompactAsync(CancellationToken cancellationToken = default) =>
        await _writer.SubmitAsync(new(null, compacts: true), cancellationToken).ConfigureAwait(false);

    /// <summary>Waits for the calls that were made, and takes no more. The file stays.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>Opens a memory over a log of the caller's.</summary>
    internal static async ValueTask<FileEpisodicMemory> OpenAsync(
        string path, FileMemoryOptions options, TimeProvider time, MemoryLog log, CancellationToken cancellationToken = default)
    {
        var writer = new FileMemoryWriter(path, options, time, log);
        await writer.SubmitAsync(new(null), cancellationToken).ConfigureAwait(false);
        return new(path, writer, options.Recall);
    }

    private async ValueTask<IReadOnlyList<Lesson>> EmbedAndRecallAsync(LessonQuery query, CancellationToken cancellationToken)
    {
        LessonEmbedding? embedding = await _embedder.EmbedAsync(query, cancellationToken).ConfigureAwait(false);
        return await RecallAsync(query, embedding, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, LessonEmbedding? embedding, CancellationToken cancellationToken) =>
        ReadAsync((book, since) => book.Recall(query, embedding, since, _recall), cancellationToken);

    private ValueTask<T> ReadAsync<T>(Func<LessonBook, DateTimeOffset, T> query, CancellationToken cancellationToken)
    {
        _writer.ThrowIfClosed();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        return _writer.IsCurrent ? new(_writer.Read(query)) : CatchUpAndReadAsync(query, cancellationToken);
    }

    private async ValueTask<T> CatchUpAndReadAsync<T>(Func<LessonBook, DateTimeOffset, T> query, CancellationToken cancellationToken)
    {
        await _writer.SubmitAsync(new(null), cancellationToken).ConfigureAwait(false);
        return _writer.Read(query);
    }

    private async ValueTask WriteAsync(Action<MemoryClerk, DateTimeOffset> action, CancellationToken cancellationToken) =>
        await _writer.SubmitAsync(
            new((clerk, now) =>
            {
                action(clerk, now);
                return null;
            }),
            cancellationToken).ConfigureAwait(false);
}
