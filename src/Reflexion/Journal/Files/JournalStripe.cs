using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>Appends to a share of a journal's files, one process at a time; what waits meanwhile is appended together.</summary>
internal sealed class JournalStripe
{
    private const int MostTails = 10_000;

    private readonly WriteQueue<FileAppend, bool> _queue;
    private readonly CrossProcessLock _lock;
    private readonly bool _flushToDisk;
    private readonly JournalDisk _disk;

    // Where the episodes that this process writes end, so that their files are read once.
    private readonly ConcurrentDictionary<string, JournalTail> _tails = new(StringComparer.Ordinal);

    public JournalStripe(string lockPath, FileJournalOptions options, TimeProvider time, JournalDisk disk)
    {
        _queue = new(typeof(FileEpisodeJournal), TurnAsync);
        _lock = new(lockPath, options.LockTimeout, time, static (path, timeout) => new JournalException(
            $"Another process has kept {path}.lock locked for {timeout.TotalSeconds:0.###} s. See which one holds it, or raise {nameof(FileJournalOptions)}.{nameof(FileJournalOptions.LockTimeout)}."));
        _flushToDisk = options.FlushToDisk;
        _disk = disk;
    }

    public async ValueTask AppendAsync(string path, JournalEntry entry, CancellationToken cancellationToken) =>
        await _queue.SubmitAsync(new(path, entry), cancellationToken).ConfigureAwait(false);

    private async Task TurnAsync()
    {
        try
        {
            using SafeFileHandle held = await _lock.AcquireAsync().ConfigureAwait(false);

            // Files flushed at once are one commit of the file system's own log.
            await Task.WhenAll(_queue.Take().GroupBy(append => append.Path).Select(file => Task.Run(() => Append(file.Key, [.. file])))).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _queue.Take().ForEach(append => append.Fail(fault));
        }
    }

    private void Append(string path, List<FileAppend> group)
    {
        try
        {
            List<FileAppend> written = Write(path, group);
            written.ForEach(static append => append.Complete(true));
        }
        catch (Exception fault)
        {
            group.ForEach(append => append.Fail(fault));
        }
    }

    private List<FileAppend> Write(string path, List<FileAppend> group)
    {
        using SafeFileHandle? file = Open(path, group);
        JournalTail tail = file is null ? default : FindTail(file, path, group[0].Entry.EpisodeId);
        var lines = new MemoryStream();
        var written = new List<FileAppend>();
        foreach (FileAppend append in group)
        {
            if (append.Entry.Sequence == tail.Entries + written.Count)
            {
                lines.Write(JournalLineFormat.Write(append.Entry, withHeader: tail.Length + lines.Length == 0));
                written.Add(append);
            }
            else
            {
                append.Fail(new JournalConflictException(append.Entry.EpisodeId, append.Entry.Sequence));
            }
        }

        if (written.Count > 0)
        {
            Write(file!, lines.GetBuffer().AsMemory(0, (int)lines.Length), tail.Length);
            Remember(written[^1].Entry, new(tail.Length + lines.Length, tail.Entries + written.Count));
        }

        return written;
    }

    // An episode that goes on is not begun.
    private static SafeFileHandle? Open(string path, List<FileAppend> group) => File.Exists(path) || group.Exists(append => append.Entry.Sequence == 0)
        ? JournalFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite)
        : null;

    private JournalTail FindTail(SafeFileHandle file, string path, string episodeId) =>
        _tails.TryRemove(episodeId, out JournalTail known) && RandomAccess.GetLength(file) == known.Length
            ? known
            : JournalFile.FindTail(file, path, episodeId);

    private void Write(SafeFileHandle file, ReadOnlyMemory<byte> lines, long at)
    {
        try
        {
            LineFile.CutTo(file, at);
            _disk.Write(file, lines, at);
            if (_flushToDisk)
            {
                _disk.Flush(file);
            }
        }
        catch
        {
            LineFile.TryCutTo(file, at);
            throw;
        }
    }

    private void Remember(JournalEntry entry, JournalTail tail)
    {
        if (_tails.Count >= MostTails)
        {
            _tails.Clear();
        }

        if (entry.Kind != JournalEntryKind.EpisodeEnded)
        {
            _tails[entry.EpisodeId] = tail;
        }
    }
}
