using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>A journal in a folder, with a file of JSON lines for each episode. Several processes may share it.</summary>
/// <remarks>
/// <para>
/// Thread-safe. An append that has completed is in the file, and on the disk unless <see cref="FileJournalOptions.FlushToDisk"/> is false.
/// What waits while others are written is written together, and flushed once a file. The process may be killed at any byte: a last line without an end does not count, and the next append cuts it off.
/// </para>
/// <para>
/// Appends to an episode exclude each other across processes by empty <c>.lock</c> files beside the journal's, which are never
/// deleted. They are advisory outside Windows, so on network file systems without flock the folder must not be shared. To forget an
/// episode that nobody runs, delete its file.
/// </para>
/// </remarks>
public sealed class FileEpisodeJournal : IEpisodeJournal
{
    private const int Stripes = 16;

    private readonly JournalStripe[] _stripes;

    /// <summary>Opens the journal in a folder, or begins one.</summary>
    /// <param name="folder">The folder; it is created where it does not exist.</param>
    /// <param name="options">How to keep the files; null for the defaults.</param>
    /// <param name="time">The clock by which locks time out; null for the system's.</param>
    /// <exception cref="ArgumentException">The path is blank or an option is out of range.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public FileEpisodeJournal(string folder, FileJournalOptions? options = null, TimeProvider? time = null)
        : this(folder, options ?? new(), time ?? TimeProvider.System, new JournalDisk())
    {
    }

    /// <summary>Opens a journal on a disk of the caller's.</summary>
    internal FileEpisodeJournal(string folder, FileJournalOptions options, TimeProvider time, JournalDisk disk)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options.Validate();
        Folder = Directory.CreateDirectory(folder).FullName;
        _stripes = [.. Enumerable.Range(0, Stripes).Select(number => new JournalStripe(Path.Combine(Folder, $"{number:00}"), options, time, disk))];
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    /// <exception cref="JournalException">Another process keeps the file locked.</exception>
    /// <exception cref="EpisodeFormatException">The file is damaged, of a newer version, or something else.</exception>
    /// <exception cref="IOException">The line cannot be written; then nothing of it is in the file.</exception>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        JournalArguments.Check(entry);
        byte[] hash = HashOf(entry.EpisodeId);
        return _stripes[hash[0] % Stripes].AppendAsync(PathOf(entry.EpisodeId, hash), entry, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="EpisodeFormatException">The file is damaged, of a newer version, or something else.</exception>
    public IAsyncEnumerable<JournalEntry> ReadAsync(string episodeId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        return ReadAsync(PathOf(episodeId, HashOf(episodeId)), episodeId, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="EpisodeFormatException">A file is damaged, of a newer version, or something else.</exception>
    public async IAsyncEnumerable<JournaledEpisode> ListAsync(JournalQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new();
        var episodes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(Folder, "*.jsonl"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (JournalFile.ReadId(path) is { } id && id.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                episodes.Add(id, path);
            }
        }

        foreach ((string id, string path) in episodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (JournalFile.ReadEnds(path, id) is { } ends && JournaledEpisode.Of(ends.First, ends.Last) is var episode && query.Matches(episode))
            {
                yield return episode;
            }
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<JournalEntry> ReadAsync(string path, string episodeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (JournalEntry entry in JournalFile.Read(path, episodeId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static byte[] HashOf(string episodeId) => SHA256.HashData(Encoding.UTF8.GetBytes(episodeId));

    // A beginning for people to read, and a hash because ids may differ in case or hold what no file name does.
    private string PathOf(string episodeId, byte[] hash)
    {
        string readable = string.Concat(episodeId.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(Folder, $"{readable}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}.jsonl");
    }
}
