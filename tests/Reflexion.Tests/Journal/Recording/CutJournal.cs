namespace Reflexion.Tests;

/// <summary>A journal whose server dies after so many appends: what a process that was killed there would have left.</summary>
internal sealed class CutJournal(IEpisodeJournal journal, int appends) : IEpisodeJournal
{
    private int _left = appends;

    /// <summary>How many appends were made or tried.</summary>
    internal int Tried { get; private set; }

    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        Tried++;
        return _left-- > 0 ? journal.AppendAsync(entry, cancellationToken) : throw new IOException("No space left on device");
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default) => journal.ReadAsync(episodeId, cancellationToken);

    public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default) => journal.ListAsync(query, cancellationToken);
}
