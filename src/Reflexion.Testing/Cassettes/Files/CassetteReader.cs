using System.Text.Json;

namespace Reflexion.Testing;

/// <summary>Reads a cassette's lines. A last line that a crash cut short is passed over; any other damage is refused.</summary>
internal static class CassetteReader
{
    internal static CassetteFile Read(string path)
    {
        byte[] bytes = ReadFile(path);
        var entries = new List<CassetteEntry>();
        int start = 0;
        bool isOpenEnded = false;
        for (int line = 1; start < bytes.Length; line++)
        {
            int newline = bytes.AsSpan(start).IndexOf((byte)'\n');
            isOpenEnded = newline < 0;
            ReadOnlySpan<byte> text = isOpenEnded ? bytes.AsSpan(start) : bytes.AsSpan(start, newline);
            try
            {
                ReadLine(path, line, text, entries);
            }
            catch (CassetteFormatException) when (isOpenEnded && (line > 1 || CassetteWriter.Header.StartsWith(text)))
            {
                return new(entries, bytes.Length, start, IsOpenEnded: false);
            }

            start += text.Length + (isOpenEnded ? 0 : 1);
        }

        return new(entries, bytes.Length, start, isOpenEnded);
    }

    private static void ReadLine(string path, int line, ReadOnlySpan<byte> text, List<CassetteEntry> entries)
    {
        if (line == 1)
        {
            CheckHeader(path, text);
        }
        else
        {
            entries.Add(ReadEntry(path, line, text));
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static void CheckHeader(string path, ReadOnlySpan<byte> text)
    {
        CassetteHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(text, CassetteJson.Readable.CassetteHeader);
        }
        catch (JsonException)
        {
        }

        if (header?.Format != CassetteHeader.Name)
        {
            throw new CassetteFormatException($"'{path}' is no cassette: its first line is not the header of the format {CassetteHeader.Name}. Nothing was changed; give another path.");
        }

        if (header.Version is < 1 or > CassetteHeader.Current)
        {
            throw new CassetteFormatException(
                $"'{path}' is a cassette of version {header.Version}, and this package reads versions 1 to {CassetteHeader.Current}. Update the package or record anew.");
        }
    }

    private static CassetteEntry ReadEntry(string path, int line, ReadOnlySpan<byte> text)
    {
        try
        {
            CassetteEntry? entry = JsonSerializer.Deserialize(text, CassetteJson.Readable.CassetteEntry);
            return entry is { Hash: not null, Request.Messages: not null } && (entry.Response ?? entry.Updates ?? (object?)entry.Fault) is not null
                ? entry
                : throw new CassetteFormatException($"Line {line} of '{path}' is no recorded call: it lacks the request or the answer. Remove the line or record anew.");
        }
        catch (JsonException fault)
        {
            throw new CassetteFormatException($"Line {line} of '{path}' is no recorded call: {fault.Message} Remove the line or record anew.", fault);
        }
    }
}
