using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>The small JSON files that lie beside tensors.</summary>
internal static class JsonFile
{
    private const int MostBytes = 1 << 26;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Reads a file that holds a JSON object.</summary>
    /// <exception cref="ModelFormatException">It holds none, says a thing twice, or is larger than any such file.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static JsonDocument Open(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new ModelFormatException(path, $"the file has {stream.Length} bytes; at most {MostBytes} are read. It is of another kind.");
        }

        try
        {
            JsonDocument document = JsonDocument.Parse(stream, new() { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw NoObject(path, document);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException(path, $"the file is not JSON: {wrong.Message} Download it again.", wrong);
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public static Task WriteAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellationToken) => AtomicFile.WriteAsync(
        path,
        async (stream, token) =>
        {
            Utf8JsonWriter json = new(stream, Indented);
            await using (json.ConfigureAwait(false))
            {
                write(json);
                await json.FlushAsync(token).ConfigureAwait(false);
            }
        },
        cancellationToken);

    private static ModelFormatException NoObject(string path, JsonDocument document)
    {
        document.Dispose();
        return new(path, "the file holds no JSON object. Download it again.");
    }
}
