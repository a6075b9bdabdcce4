using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reflexion;

/// <summary>Entries as lines of JSON, one each, and back. The payload stands in its line character by character.</summary>
internal static class JournalLineFormat
{
    public static byte[] Write(JournalEntry entry, bool withHeader)
    {
        string header = withHeader
            ? JournalPayload.Write(new(JournalFileHeader.Name, JournalFileHeader.CurrentVersion, entry.EpisodeId), JournalPayload.Context.JournalFileHeader) + "\n"
            : "";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{header}}{"sequence":{{entry.Sequence}},"trial":{{entry.Trial}},"kind":"{{entry.Kind}}","at":"{{entry.At:O}}","payload":{{entry.Payload}}}""") + "\n");
    }

    /// <summary>Reads the first line.</summary>
    /// <exception cref="EpisodeFormatException">It is no header of the format, or of a newer version.</exception>
    public static JournalFileHeader ReadHeader(ReadOnlySpan<byte> line, string path)
    {
        JournalFileHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(line, JournalPayload.Context.JournalFileHeader);
        }
        catch (JsonException e)
        {
            throw new EpisodeFormatException(path, $"This is no {JournalFileHeader.Name} file: its first line is no header.", e);
        }

        if (header?.Format != JournalFileHeader.Name)
        {
            throw new EpisodeFormatException(path, $"This is no {JournalFileHeader.Name} file: its first line names the format '{header?.Format}'.");
        }

        return header.Version is >= 1 and <= JournalFileHeader.CurrentVersion
            ? header
            : throw new EpisodeFormatException(
                path, $"The file is of version {header.Version}, and this release reads versions 1 to {JournalFileHeader.CurrentVersion}; use a newer release of Reflexion.");
    }

    /// <summary>Reads a line that is not the first.</summary>
    /// <exception cref="EpisodeFormatException">It is no entry.</exception>
    public static JournalEntry Read(ReadOnlyMemory<byte> line, string episodeId, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return new(
                episodeId,
                root.GetProperty("sequence").GetInt64(),
                root.GetProperty("trial").GetInt32(),
                JournalKinds.Parse(root.GetProperty("kind").GetString() ?? "", path),
                root.GetProperty("at").GetDateTimeOffset(),
                root.GetProperty("payload").GetRawText());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or (FormatException and not EpisodeFormatException))
        {
            throw new EpisodeFormatException(path, $"A line is damaged ({e.Message}). Everything before it is readable; restore the line, or cut the file there.", e);
        }
    }
}
