using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads one game file from a stream, however long the stream says it is.</summary>
internal sealed class GameBytes(HouseholdLoadOptions options)
{
    private long _total;

    /// <summary>Reads a game.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">Its path, whose last folders are the world's id.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="isOne">Whether it was asked for by itself, so that it is not passed over.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The world, or null where it is not to be loaded.</returns>
    internal async ValueTask<HouseholdWorld?> ReadAsync(Stream stream, string path, string source, bool isOne, CancellationToken cancellationToken)
    {
        GameFile file = Parse(await ReadLimitedAsync(stream, source, cancellationToken).ConfigureAwait(false), source);
        if (!file.Solvable && !options.IncludeUnsolvable && !isOne)
        {
            return null;
        }

        (HouseholdWorld? world, string problem) = PddlWorldReader.Read(file, IdOf(path), source);
        return world is null && isOne ? throw new DatasetFormatException(source, 0, problem) : world;
    }

    private static GameFile Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, HouseholdJson.Default.GameFile) ?? throw new DatasetFormatException(source, 0, "the file is null; a JSON object is expected.");
        }
        catch (JsonException wrong)
        {
            throw new DatasetFormatException(source, 0, $"the file cannot be read: {wrong.Message}", wrong);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadLimitedAsync(Stream stream, string source, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Min(options.MaxGameBytes, 128 * 1024)];
        int length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
            _total += read;
            Require(_total <= options.MaxTotalBytes, source, $"the games have more than {options.MaxTotalBytes} bytes together; {nameof(HouseholdLoadOptions)}.{nameof(HouseholdLoadOptions.MaxTotalBytes)} allows more.");
            if (length == buffer.Length)
            {
                Require(length <= options.MaxGameBytes, source, $"the game has more than {options.MaxGameBytes} bytes; {nameof(HouseholdLoadOptions)}.{nameof(HouseholdLoadOptions.MaxGameBytes)} allows more.");
                Array.Resize(ref buffer, (int)Math.Min(2L * length, options.MaxGameBytes + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }

    private static void Require(bool holds, string source, string problem)
    {
        if (!holds)
        {
            throw new DatasetFormatException(source, 0, problem);
        }
    }

    /// <summary>The task's folder and the trial's, as in <c>TASK/TRIAL/game.tw-pddl</c>.</summary>
    private static string IdOf(string path)
    {
        string[] parts = path.Split('/', '\\');
        return parts.Length >= 3 && parts[^3].Length > 0 ? $"{parts[^3]}/{parts[^2]}" : parts[^1];
    }
}
