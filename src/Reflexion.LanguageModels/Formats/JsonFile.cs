using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>The small JSON files that lie beside tensors.</summary>
internal static class JsonFile
{
    private const int MostBytes = 1 << 26;

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
        catch (JsonException wrong)
        {
            throw new ModelFormatException(path, $"the file is not JSON: {wrong.Message} Download it again.", wrong);
        }
    }

    private static ModelFormatException NoObject(string path, JsonDocument document)
    {
        document.Dispose();
        return new(path, "the file holds no JSON object. Download it again.");
    }
}
