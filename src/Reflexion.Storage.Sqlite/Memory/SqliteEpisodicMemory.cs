namespace Reflexion;

/// <summary>A memory in one SQLite file, which several processes of one machine may share.</summary>
/// <remarks>
/// <para>
/// Thread-safe. A call that has completed is in the file, and on the disk unless <see cref="SqliteMemoryOptions.FlushToDisk"/> is false. The
/// process may be killed at any instant: a lesson is in the file as a whole or not at all. SQLite's calls do not return before they are done,
/// so a call occupies its thread while it works; waiting for other writers does not.
/// </para>
/// <para>
/// Beside the file lie <c>-wal</c> and <c>-shm</c> while it is open; copy all three, or export. It must lie on a local disk: the log that
/// readers and writers share is of no use over a network.
/// </para>
/// </remarks>
public sealed class SqliteEpisodicMemory : SqlEpisodicMemory
{
    /// <summary>Creates a memory. The file is opened, and created where there is none, by the first call.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    public SqliteEpisodicMemory(string path, SqliteMemoryOptions? options = null, TimeProvider? time = null)
        : base(new SqliteDatabase(path, (options ??= new()).LockTimeout, options.FlushToDisk), options, time)
    {
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>Opens a memory, creates the file where there is none, and brings its tables up to date.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="options">How much it keeps and how; null for the defaults.</param>
    /// <param name="time">The clock by which lessons age; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The memory; dispose it to close the file.</returns>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    /// <exception cref="StoreException">The file is locked, damaged, of a newer release, or something else.</exception>
    public static async ValueTask<SqliteEpisodicMemory> OpenAsync(
        string path, SqliteMemoryOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var memory = new SqliteEpisodicMemory(path, options, time);
        await memory.SetUpAsync(cancellationToken).ConfigureAwait(false);
        return memory;
    }
}
