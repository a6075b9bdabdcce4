using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Reflexion;

/// <summary>A journal in a database, which several processes may share. The packages of a driver derive from it.</summary>
/// <remarks>
/// <para>
/// Thread-safe. An append that has completed is committed, and on the disk unless the options leave that to the operating system. What waits
/// while a transaction is being committed goes into the next one, so many episodes at once share one commit. Of several writers of the same
/// entry, in whatever process, one succeeds: the key of the table decides. An append broken off by the database is repeated, and recognised where
/// it had been committed after all.
/// </para>
/// <para>The database keeps prompts, replies and lessons in clear text.</para>
/// </remarks>
public abstract class SqlEpisodeJournal : IEpisodeJournal, IAsyncDisposable
{
    private const int EntriesAtOnce = 200;
    private const int EpisodesAtOnce = 100;

    private readonly string _name;
    private readonly SqlStore _store;
    private readonly SqlAppender _appender;

    /// <summary>Creates a journal. The database is used, and its tables are made, by the first call, or by <see cref="SetUpAsync"/>.</summary>
    /// <param name="database">The database. The journal disposes it.</param>
    /// <param name="options">How it keeps its entries.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    protected SqlEpisodeJournal(SqlDatabase database, SqlJournalOptions options, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _name = database.Name;
        _store = new(this, database, SqlJournalTables.All, options.RetryFor, time ?? TimeProvider.System);
        _appender = new(GetType(), database, _store);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database cannot be used; then nothing of the entry is in it.</exception>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        JournalArguments.Check(entry);
        return _appender.AppendAsync(entry, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    /// <exception cref="EpisodeFormatException">An entry is damaged or of a newer version.</exception>
    public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        return EntriesAsync(episodeId, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    /// <exception cref="EpisodeFormatException">An entry is damaged or of a newer version.</exception>
    public async IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new();
        List<(string Episode, string Id)> all = await QueryAsync(
            "SELECT episode, id FROM journal_entries WHERE sequence = 0", static row => (row.GetString(0), SqlJournalRow.ReadId(row)), cancellationToken).ConfigureAwait(false);
        foreach ((string Episode, string Id)[] some in all
            .Where(known => known.Id.StartsWith(query.Prefix, StringComparison.Ordinal))
            .OrderBy(known => known.Id, StringComparer.Ordinal)
            .Chunk(EpisodesAtOnce))
        {
            foreach (JournaledEpisode episode in await DescribeAsync(some, cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (query.Matches(episode))
                {
                    yield return episode;
                }
            }
        }
    }

    /// <summary>Waits for the appends there are, and takes no more. What is stored stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the tables where there are none, and brings older ones to the current version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">They are of a newer version, or the database cannot be used.</exception>
    protected ValueTask SetUpAsync(CancellationToken cancellationToken) => _store.SetUpAsync(cancellationToken);

    private async IAsyncEnumerable<JournalEntry> EntriesAsync(string episodeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string sql = $"SELECT {SqlJournalRow.Columns} FROM journal_entries WHERE episode = @episode AND sequence >= @next ORDER BY sequence LIMIT {EntriesAtOnce}";
        for (long next = 0; ;)
        {
            List<JournalEntry> entries = await QueryAsync(
                sql, row => SqlJournalRow.Read(row, episodeId, _name), cancellationToken, ("episode", SqlKey.Of(episodeId)), ("next", next)).ConfigureAwait(false);
            foreach (JournalEntry entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (entries.Count < EntriesAtOnce)
            {
                yield break;
            }

            next = entries[^1].Sequence + 1;
        }
    }

    // Of the last entry only an end tells more than that there is one.
    private async ValueTask<IEnumerable<JournaledEpisode>> DescribeAsync((string Episode, string Id)[] episodes, CancellationToken cancellationToken)
    {
        (string names, (string, object?)[] parameters) = SqlSession.ListOf("episode", episodes.Select(known => known.Episode));
        Dictionary<string, string> ids = episodes.ToDictionary(known => known.Episode, known => known.Id, StringComparer.Ordinal);
        List<JournaledEpisode> described = await QueryAsync(
            $"""
            SELECT f.episode, f.sequence, f.trial, f.kind, f.at, f.payload,
                l.sequence, l.trial, l.kind, l.at, CASE WHEN l.kind = '{nameof(JournalEntryKind.EpisodeEnded)}' THEN l.payload ELSE '' END
            FROM journal_entries f JOIN journal_entries l ON l.episode = f.episode
                AND l.sequence = (SELECT MAX(sequence) FROM journal_entries WHERE episode = f.episode)
            WHERE f.sequence = 0 AND f.episode IN ({names})
            """,
            row => JournaledEpisode.Of(SqlJournalRow.Read(row, ids[row.GetString(0)], _name, 1), SqlJournalRow.Read(row, ids[row.GetString(0)], _name, 6)),
            cancellationToken,
            parameters).ConfigureAwait(false);
        return described.OrderBy(episode => episode.EpisodeId, StringComparer.Ordinal);
    }

    private ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) => _store.RunAsync(
        SqlTransaction.Reads,
        async session =>
        {
            (List<long> version, List<T> rows) = await session.QueryAsync($"{_store.Schema.VersionQuery}; {sql}", static row => row.GetInt64(0), read, parameters).ConfigureAwait(false);
            _store.Schema.ThrowIfNewer(version.Single());
            return rows;
        },
        cancellationToken);
}
