namespace Reflexion;

/// <summary>A journal in one SQLite file, which several processes of one machine may share, and a <see cref="SqliteEpisodicMemory"/> too.</summary>
/// <remarks>
/// <para>
/// Thread-safe. An append that has completed is in the file's write-ahead log, and on the disk (<c>synchronous = FULL</c>) unless
/// <see cref="SqliteJournalOptions.FlushToDisk"/> is false. The process may be killed at any instant: an entry is in the file as a whole or not
/// at all. Appends that wait while others are committed are committed together.
/// </para>
/// <para>
/// Beside the file lie <c>-wal</c> and <c>-shm</c> while it is open; copy all three. It must lie on a local disk: the log that
/// readers and writers share is of no use over a network.
/// </para>
/// </remarks>
public sealed class SqliteEpisodeJournal : SqlEpisodeJournal
{
    /// <summary>Creates a journal. The file is opened, and created where there is none, by the first call.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    public SqliteEpisodeJournal(string path, SqliteJournalOptions? options = null, TimeProvider? time = null)
        : base(new SqliteDatabase(path, (options ??= new()).LockTimeout, options.FlushToDisk), options, time)
    {
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>Opens a journal, creates the file where there is none, and brings its tables up to date.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How it keeps its entries; null for the defaults.</param>
    /// <param name="time">The clock by which it waits; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The journal; dispose it to close the file.</returns>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    /// <exception cref="StoreException">The file is locked, damaged, of a newer release, or something else.</exception>
    public static async ValueTask<SqliteEpisodeJournal> OpenAsync(
        string path, SqliteJournalOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var journal = new SqliteEpisodeJournal(path, options, time);
        await journal.SetUpAsync(cancellationToken).ConfigureAwait(false);
        return journal;
    }
}
