using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>A folder of searches, a file for each. Several processes may share it.</summary>
/// <remarks>What cannot be read counts as not remembered, and what cannot be written is not remembered: a cache must not end a run.</remarks>
internal sealed partial class SearchFolder
{
    private const string Extension = ".json";

    private readonly string _path;
    private readonly WikipediaOptions _options;
    private int? _count;

    internal SearchFolder(string path, WikipediaOptions options)
    {
        _path = Directory.CreateDirectory(path).FullName;
        _options = options;
    }

    /// <summary>The search for a title, or null where none can be read.</summary>
    internal async Task<CachedSearch?> ReadAsync(string title, CancellationToken cancellationToken)
    {
        string key = KeyOf(title);
        try
        {
            byte[] json = await File.ReadAllBytesAsync(FileOf(key), cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(json, SearchFileJsonContext.Default.SearchFile)?.ToSearch(key);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a search, all of it or nothing. Calls never overlap.</summary>
    internal async Task WriteAsync(string title, CachedSearch search, CancellationToken cancellationToken)
    {
        string key = KeyOf(title);
        string file = FileOf(key);
        string draft = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        try
        {
            await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(SearchFile.Of(key, search), SearchFileJsonContext.Default.SearchFile), cancellationToken).ConfigureAwait(false);
            File.Move(draft, file, overwrite: true);
            MakeRoom();
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // See the remarks.
        }
    }

    /// <summary>Deletes the oldest tenth where there are too many; the folder is listed once, and when it is full.</summary>
    private void MakeRoom()
    {
        _count = _count is { } known ? known + 1 : Files().Length;
        if (_count <= _options.MaxCachedInFolder)
        {
            return;
        }

        FileInfo[] files = Files();
        int kept = _options.MaxCachedInFolder - (_options.MaxCachedInFolder / 10);
        foreach (FileInfo old in files.OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal).Skip(kept))
        {
            old.Delete();
        }

        _count = Math.Min(files.Length, kept);
    }

    /// <summary>The files written here, drafts that were never finished included, and no others that may lie in the folder.</summary>
    private FileInfo[] Files() => [.. new DirectoryInfo(_path).EnumerateFiles().Where(file => OwnName().IsMatch(file.Name))];

    [GeneratedRegex(@"^[0-9a-f]{32}\.json(\.[0-9]+)?$")]
    private static partial Regex OwnName();

    private string KeyOf(string title) => $"{_options.Endpoint} {_options.SimilarTitles.ToString(CultureInfo.InvariantCulture)} {title}";

    private string FileOf(string key) => Path.Combine(_path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)) + Extension);
}
