using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>Appends to a share of a journal's files, one entry at a time among all processes.</summary>
internal sealed class JournalStripe(string lockPath, FileJournalOptions options, TimeProvider time, JournalDisk disk)
{
    private const int MostTails = 10_000;

    private readonly AsyncTurn _turn = new();
    private readonly CrossProcessLock _lock = new(lockPath, options.LockTimeout, time, static (path, timeout) => new JournalException(
        $"Another process has kept {path}.lock locked for {timeout.TotalSeconds:0.###} s. See which one holds it, or raise {nameof(FileJournalOptions)}.{nameof(FileJournalOptions.LockTimeout)}."));

    // Where the episodes that this process writes end, so that their files are read once.
    private readonly Dictionary<string, JournalTail> _tails = new(StringComparer.Ordinal);

    public async ValueTask AppendAsync(string path, JournalEntry entry, CancellationToken cancellationToken)
    {
        await _turn.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using SafeFileHandle held = await _lock.AcquireAsync().ConfigureAwait(false);
            Append(path, entry);
        }
        finally
        {
            _turn.Leave();
        }
    }

    private void Append(string path, JournalEntry entry)
    {
        if (entry.Sequence > 0 && !File.Exists(path))
        {
            throw new JournalConflictException(entry.EpisodeId, entry.Sequence);
        }

        using SafeFileHandle file = JournalFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        JournalTail tail = _tails.TryGetValue(entry.EpisodeId, out JournalTail known) && RandomAccess.GetLength(file) == known.Length
            ? known
            : JournalFile.FindTail(file, path, entry.EpisodeId);
        _tails.Remove(entry.EpisodeId);
        if (entry.Sequence != tail.Entries)
        {
            throw new JournalConflictException(entry.EpisodeId, entry.Sequence);
        }

        byte[] lines = JournalLineFormat.Write(entry, withHeader: tail.Length == 0);
        try
        {
            LineFile.CutTo(file, tail.Length);
            disk.Write(file, lines, tail.Length);
            if (options.FlushToDisk)
            {
                disk.Flush(file);
            }
        }
        catch
        {
            LineFile.TryCutTo(file, tail.Length);
            throw;
        }

        Remember(entry, new(tail.Length + lines.Length, tail.Entries + 1));
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
