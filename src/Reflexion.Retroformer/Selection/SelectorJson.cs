using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Reflexion.Retroformer;

/// <summary>States of selectors as small versioned JSON files, and logs of decisions as JSON lines. Lossless; no type names in either.</summary>
public static class SelectorJson
{
    private const int MaxBytes = 64 << 20;
    private const int MaxLineCharacters = 1 << 20;

    /// <summary>Writes a state to a file, which holds the old state or the new one whatever happens on the way.</summary>
    /// <param name="state">The state.</param>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static async Task SaveAsync(SelectorState state, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] json = Write(state);
        await WholeFile.WriteAsync(path, stream => stream.WriteAsync(json, cancellationToken).AsTask()).ConfigureAwait(false);
    }

    /// <summary>Reads a state from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SelectorFormatException">It is damaged, larger than 64 MiB, of a newer version, or something else.</exception>
    public static async Task<SelectorState> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FileInfo(path).Length <= MaxBytes
            ? Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false))
            : throw new SelectorFormatException($"'{path}' is larger than {MaxBytes} bytes; it is no state of a selector.");
    }

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>JSON in UTF-8.</returns>
    /// <exception cref="ArgumentException">The state is not sound.</exception>
    public static byte[] Write(SelectorState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return JsonSerializer.SerializeToUtf8Bytes(SelectorDocument.Of(SelectorStateRules.Check(state)), SelectorJsonContext.Default.SelectorDocument);
    }

    /// <summary>Reads a state.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="SelectorFormatException">It is damaged, of a newer version, or something else.</exception>
    public static SelectorState Read(ReadOnlySpan<byte> json)
    {
        try
        {
            CheckHeader(json);
            return JsonSerializer.Deserialize(json, SelectorJsonContext.Default.SelectorDocument)!.ToState();
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new SelectorFormatException($"The state of the selector cannot be read: {fault.Message} Restore it from a copy, or begin anew without it.", fault);
        }
    }

    /// <summary>Writes decisions, one a line.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteLogAsync(IEnumerable<SelectorDecision> decisions, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(output);
        foreach (SelectorDecision decision in decisions)
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(DecisionLine.Of(decision), SelectorJsonContext.Default.DecisionLine), (byte)'\n'];
            await output.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads decisions to the stream's end.</summary>
    /// <param name="input">Where from; it stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SelectorFormatException">A line is damaged or no decision; the message names it.</exception>
    public static async IAsyncEnumerable<SelectorDecision> ReadLogAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        for (long number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            yield return ReadLine(line, number);
        }
    }

    private static SelectorDecision ReadLine(string line, long number)
    {
        try
        {
            DecisionLine? read = line.Length <= MaxLineCharacters
                ? JsonSerializer.Deserialize(line, SelectorJsonContext.Default.DecisionLine)
                : throw new JsonException($"It has more than {MaxLineCharacters} characters.");
            return read?.ToDecision() ?? throw new JsonException("It is null.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new SelectorFormatException($"Line {number} of the log holds no decision: {fault.Message}", fault);
        }
    }

    // Looked at first, so that a newer version is called that, whatever else is in it.
    private static void CheckHeader(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.String
            || format.GetString() != SelectorDocument.FormatName)
        {
            throw new JsonException($"It does not say that it is of the format {SelectorDocument.FormatName}.");
        }

        if (!document.RootElement.TryGetProperty("version", out JsonElement version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number)
            || number != SelectorDocument.CurrentVersion)
        {
            throw new JsonException($"It is of version {version}, and this package reads version {SelectorDocument.CurrentVersion}.");
        }
    }
}
