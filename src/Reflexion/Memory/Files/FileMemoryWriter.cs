using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>Writes batches of calls to a memory file, and keeps what the file says in a book for readers.</summary>
/// <remarks>
/// There are two books. The draft belongs to the batch being decided; readers see the other one, which gets a record only when the
/// file has it, so that no one sees what a failing disk then loses, and no reader waits for the disk.
/// </remarks>
internal sealed class FileMemoryWriter : IAsyncDisposable
{
    private const long FewestLinesToCompact = 10_000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileMemoryOptions _options;
    private readonly TimeProvider _time;
    private readonly MemoryLog _log;
    private readonly CrossProcessLock _lock;
    private readonly WriteQueue<PendingWrite, Lesson?> _queue;
    private LessonBook _readable = new();
    private LessonBook? _draft;
    private volatile FileStamp? _seen;
    private volatile bool _isUpToDate;
    private long _compactFrom = FewestLinesToCompact;

    public FileMemoryWriter(string path, FileMemoryOptions options, TimeProvider time, MemoryLog log)
    {
        (_path, _options, _time, _log) = (path, options, time, log);
        _lock = new(path, options.LockTimeout, time, static (path, timeout) => new MemoryLockTimeoutException(path, timeout));
        _queue = new(typeof(FileEpisodicMemory), TurnAsync);
    }

    /// <summary>
    /// Whether readers see all that any process wrote: while this process holds the lock nobody else writes, and otherwise the
    /// file looks as it did.
    /// </summary>
    public bool IsCurrent => _isUpToDate || FileStamp.Of(_path) == _seen;

    /// <summary>Queues a call and waits until the file has it.</summary>
    public Task<Lesson?> SubmitAsync(PendingWrite write, CancellationToken cancellationToken) => _queue.SubmitAsync(write, cancellationToken);

    public void ThrowIfClosed() => _queue.ThrowIfClosed();

    public T Read<T>(Func<LessonBook, DateTimeOffset, T> query)
    {
        DateTimeOffset since = _options.Since(_time.GetUtcNow());
        lock (_gate)
        {
            return query(_readable, since);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queue.CloseAsync();

    private async Task TurnAsync()
    {
        List<PendingWrite>? batch = null;
        try
        {
            using SafeFileHandle held = await _lock.AcquireAsync().ConfigureAwait(false);
            batch = _queue.Take();
            Commit(batch);
        }
        catch (Exception e)
        {
            (batch ?? _queue.Take()).ForEach(write => write.Fail(e));
        }

        batch?.ForEach(static write => write.Complete());
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            using (SafeFileHandle file = _log.Open())
            {
                _draft = CatchUp(file);
            }

            _isUpToDate = true;
            Upgrade(batch, _draft);
            using (SafeFileHandle file = _log.Open())
            {
                Write(file, batch, _draft);
            }

            Compact(batch, _draft);
            _seen = FileStamp.Of(_path);
        }
        catch
        {
            // The draft may be ahead of the file; the next batch reads the file again.
            _draft = null;
            throw;
        }
        finally
        {
            _isUpToDate = false;
        }
    }

    private LessonBook CatchUp(SafeFileHandle file)
    {
        LessonBook? draft = _draft;
        _draft = null;
        bool continues = draft is not null && _log.Continues(file);
        if (continues)
        {
            List<MemoryRecord> records = [.. _log.ReadNew(file)];
            records.ForEach(draft!.Apply);
            Publish(records);
            return draft;
        }

        _log.Rewind();
        draft = new();
        var readable = new LessonBook();
        foreach (MemoryRecord record in _log.ReadNew(file))
        {
            draft.Apply(record);
            readable.Apply(record);
        }

        _log.Begin(file);
        lock (_gate)
        {
            _readable = readable;
        }

        return draft;
    }

    // An older release would not understand what is about to be written; the header tells it so.
    private void Upgrade(List<PendingWrite> batch, LessonBook draft)
    {
        if (_log.IsOutdated && batch.Exists(static write => write.Writes))
        {
            _log.Rewrite(draft.Records());
        }
    }

    private void Write(SafeFileHandle file, List<PendingWrite> batch, LessonBook draft)
    {
        var journal = new List<MemoryRecord>();
        var clerk = new MemoryClerk(draft, _options, journal);
        foreach (PendingWrite write in batch)
        {
            write.Decide(clerk, _time.GetUtcNow());
        }

        if (journal.Count > 0)
        {
            _log.Append(file, journal);
            Publish(journal);
        }
    }

    private void Publish(List<MemoryRecord> records)
    {
        lock (_gate)
        {
            records.ForEach(_readable.Apply);
        }
    }

    private void Compact(List<PendingWrite> batch, LessonBook draft)
    {
        bool isAsked = batch.Exists(static write => write.Compacts);
        if (!isAsked && !IsDue(draft))
        {
            return;
        }

        try
        {
            _log.Rewrite(draft.Records());
            _compactFrom = FewestLinesToCompact;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the batch wrote is safe in the file as it was; only who asked for the compaction has lost something.
            batch.FindAll(static write => write.Compacts).ForEach(write => write.Fail(e));
            _compactFrom = _log.Lines * 2;
        }
    }

    private bool IsDue(LessonBook draft) =>
        _options.CompactAbove is { } ratio && _log.Lines > _compactFrom && _log.Lines > (long)ratio * draft.Size;
}
