using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Reflexion.Environments;

/// <summary>Loads household games from the files that ALFWorld's users have.</summary>
/// <remarks>
/// A path is one of: a game (<c>game.tw-pddl</c>); a folder, searched with all folders in it for files of that name; a zip of such a
/// folder (<c>.zip</c>); one world a line (<c>.jsonl</c>). Games of a folder or a zip come in ordinal order of their paths; there,
/// those whose goal is of none of the six kinds are passed over, as ALFWorld does. A game's id is the names of the two folders it
/// lies in.
/// </remarks>
public static class HouseholdWorlds
{
    private const string GameFileName = "game.tw-pddl";

    /// <summary>Loads all games.</summary>
    /// <param name="path">The game, folder, zip or file of lines.</param>
    /// <param name="options">Which games to load; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <returns>The worlds, each id once.</returns>
    /// <exception cref="DatasetFormatException">A file does not hold what its format asks for, or an id comes twice.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static async Task<IReadOnlyList<HouseholdWorld>> LoadAsync(string path, HouseholdLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var worlds = new List<HouseholdWorld>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (HouseholdWorld world in ReadAsync(path, options, cancellationToken).ConfigureAwait(false))
        {
            worlds.Add(ids.Add(world.Id) ? world : throw new DatasetFormatException(path, 0, $"the game '{world.Id}' comes twice; lessons are filed by the id."));
        }

        return worlds;
    }

    /// <summary>Reads games one after the other, so that not all need be held at once.</summary>
    /// <param name="path">The game, folder, zip or file of lines.</param>
    /// <param name="options">Which games to read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The worlds.</returns>
    /// <exception cref="DatasetFormatException">A file does not hold what its format asks for.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static IAsyncEnumerable<HouseholdWorld> ReadAsync(string path, HouseholdLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new();
        options.Validate();
        return Directory.Exists(path) ? ReadFolderAsync(path, options, cancellationToken)
            : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ReadZipAsync(path, options, cancellationToken)
            : path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? WorldLineReader.ReadAsync(path, cancellationToken)
            : ReadGameAsync(path, options, cancellationToken);
    }

    private static async IAsyncEnumerable<HouseholdWorld> ReadGameAsync(
        string path, HouseholdLoadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await ReadFileAsync(new(options), path, isOne: true, cancellationToken).ConfigureAwait(false) is { } world)
        {
            yield return world;
        }
    }

    private static async IAsyncEnumerable<HouseholdWorld> ReadFolderAsync(
        string path, HouseholdLoadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string file in Directory.EnumerateFiles(path, GameFileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // The limit of a zip as a whole is no concern of a folder's.
            if (await ReadFileAsync(new(options), file, isOne: false, cancellationToken).ConfigureAwait(false) is { } world)
            {
                yield return world;
            }
        }
    }

    private static async IAsyncEnumerable<HouseholdWorld> ReadZipAsync(
        string path, HouseholdLoadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ZipArchive archive = await OpenZipAsync(path, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = archive.ConfigureAwait(false);
        var games = new GameBytes(options);
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name == GameFileName).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            if (await ReadEntryAsync(games, entry, $"{path}:{entry.FullName}", cancellationToken).ConfigureAwait(false) is { } world)
            {
                yield return world;
            }
        }
    }

    private static async Task<ZipArchive> OpenZipAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ZipFile.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException wrong)
        {
            throw Unreadable(path, wrong);
        }
    }

    private static async ValueTask<HouseholdWorld?> ReadEntryAsync(GameBytes games, ZipArchiveEntry entry, string source, CancellationToken cancellationToken)
    {
        try
        {
            Stream stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
            return await games.ReadAsync(stream, entry.FullName, source, isOne: false, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException wrong)
        {
            throw Unreadable(source, wrong);
        }
    }

    private static DatasetFormatException Unreadable(string source, InvalidDataException wrong) =>
        new(source, 0, $"the zip cannot be read: {wrong.Message}", wrong);

    private static async ValueTask<HouseholdWorld?> ReadFileAsync(GameBytes games, string path, bool isOne, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(path);
        await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
        return await games.ReadAsync(stream, Path.GetFullPath(path), path, isOne, cancellationToken).ConfigureAwait(false);
    }
}
