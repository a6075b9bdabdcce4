namespace Reflexion.Tests;

/// <summary>A journal that takes so many entries and then no more, as where a process was killed.</summary>
internal sealed class ShortLivedJournal(IEpisodeJournal journal, int appends) : IEpisodeJournal
{
    private int _left = appends;

    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default) =>
        _left-- > 0 ? journal.AppendAsync(entry, cancellationToken) : throw new IOException("No space left on device");

    public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default) => journal.ReadAsync(episodeId, cancellationToken);

    public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default) => journal.ListAsync(query, cancellationToken);
}
