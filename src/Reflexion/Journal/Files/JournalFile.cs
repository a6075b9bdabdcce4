using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>The file of one episode: a header and entries, one a line.</summary>
internal static class JournalFile
{
    private const int LastBytes = 1 << 16;

    public static SafeFileHandle Open(string path, FileMode mode, FileAccess access) =>
        File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Reads the entries; none where there is no file.</summary>
    public static IEnumerable<JournalEntry> Read(string path, string episodeId)
    {
        using SafeFileHandle? file = TryOpen(path);
        foreach (JournalEntry entry in file is null ? [] : Entries(file, path, episodeId))
        {
            yield return entry;
        }
    }

    /// <summary>The episode that a file is of, or null where its header is not whole yet.</summary>
    public static string? ReadId(string path)
    {
        using SafeFileHandle? file = TryOpen(path);
        foreach (ReadOnlyMemory<byte> line in file is null ? [] : LineFile.WholeLines(file, 0))
        {
            return JournalLineFormat.ReadHeader(line.Span, path).Episode;
        }

        return null;
    }

    /// <summary>The first and the last entry, or null where there is none.</summary>
    public static (JournalEntry First, JournalEntry Last)? ReadEnds(string path, string episodeId)
    {
        using SafeFileHandle? file = TryOpen(path);
        if (file is null || Entries(file, path, episodeId).FirstOrDefault() is not { } first)
        {
            return null;
        }

        // The last line is most often short; where it is not, the file is read through.
        long from = Math.Max(0, RandomAccess.GetLength(file) - LastBytes);
        ReadOnlyMemory<byte>[] lines = [.. LineFile.WholeLines(file, from).Select(line => (ReadOnlyMemory<byte>)line.ToArray())];
        return (first, lines.Length > 1 && from > 0 ? JournalLineFormat.Read(lines[^1], episodeId, path) : Entries(file, path, episodeId).Last());
    }

    /// <summary>Looks where the whole lines end.</summary>
    /// <exception cref="EpisodeFormatException">The file is damaged or something else.</exception>
    public static JournalTail FindTail(SafeFileHandle file, string path, string episodeId)
    {
        long length = 0;
        long entries = -1;
        foreach (ReadOnlyMemory<byte> line in LineFile.WholeLines(file, 0))
        {
            if (entries < 0)
            {
                CheckHeader(line, path, episodeId);
            }

            length += line.Length + 1;
            entries++;
        }

        return new(length, Math.Max(0, entries));
    }

    private static IEnumerable<JournalEntry> Entries(SafeFileHandle file, string path, string episodeId)
    {
        bool isFirst = true;
        foreach (ReadOnlyMemory<byte> line in LineFile.WholeLines(file, 0))
        {
            if (isFirst)
            {
                CheckHeader(line, path, episodeId);
                isFirst = false;
                continue;
            }

            yield return JournalLineFormat.Read(line, episodeId, path);
        }
    }

    private static void CheckHeader(ReadOnlyMemory<byte> line, string path, string episodeId)
    {
        if (JournalLineFormat.ReadHeader(line.Span, path).Episode is var other && other != episodeId)
        {
            throw new EpisodeFormatException(path, $"The file is of episode '{other}', not of '{episodeId}'; it was renamed, so give it its name back.");
        }
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return Open(path, FileMode.Open, FileAccess.Read);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
