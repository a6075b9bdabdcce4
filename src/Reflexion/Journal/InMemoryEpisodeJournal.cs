using System.Runtime.CompilerServices;

namespace Reflexion;

/// <summary>A journal that lives as long as the process: for tests, and for runs that are cancelled and taken up in one process.</summary>
/// <remarks>Thread-safe. It grows without limit.</remarks>
public sealed class InMemoryEpisodeJournal : IEpisodeJournal
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<JournalEntry>> _episodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        JournalArguments.Check(entry);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            List<JournalEntry> entries = _episodes.GetValueOrDefault(entry.EpisodeId) ?? [];
            if (entry.Sequence != entries.Count)
            {
                throw new JournalConflictException(entry.EpisodeId, entry.Sequence);
            }

            entries.Add(entry);
            _episodes[entry.EpisodeId] = entries;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        lock (_gate)
        {
            return Yield<JournalEntry>([.. _episodes.GetValueOrDefault(episodeId) ?? []], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new();
        lock (_gate)
        {
            return Yield<JournaledEpisode>([.. _episodes.Values.Select(entries => JournaledEpisode.Of(entries[0], entries[^1])).Where(query.Matches)], cancellationToken);
        }
    }

    private static async IAsyncEnumerable<T> Yield<T>(T[] items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (T item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
