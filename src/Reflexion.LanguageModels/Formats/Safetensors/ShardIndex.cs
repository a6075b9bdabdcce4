using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>The list of the files that a model is split into.</summary>
internal static class ShardIndex
{
    public const string FileName = "model.safetensors.index.json";

    /// <summary>The paths of a folder's safetensors files.</summary>
    /// <exception cref="ModelFormatException">The folder has neither the one file nor the list, or the list is wrong.</exception>
    public static ImmutableArray<string> FilesOf(string folder)
    {
        string single = Path.Combine(folder, SafetensorsFolder.SingleFile);
        string index = Path.Combine(folder, FileName);
        return File.Exists(single) ? [single]
            : File.Exists(index) ? Read(folder, index)
            : throw new ModelFormatException(folder, $"neither '{SafetensorsFolder.SingleFile}' nor '{FileName}' is there. Give a folder that holds the model's safetensors files.");
    }

    private static ImmutableArray<string> Read(string folder, string index)
    {
        using JsonDocument document = JsonFile.Open(index);
        if (!document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new ModelFormatException(index, "'weight_map' is not an object. Download the file again.");
        }

        string[] names = [.. map.EnumerateObject().Select(entry => FileNameOf(index, entry)).Distinct(StringComparer.Ordinal)];
        return names.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name))) is { } missing
            ? throw new ModelFormatException(index, $"the file '{missing}' is missing. Download it into the same folder.")
            : [.. names.Select(name => Path.Combine(folder, name))];
    }

    // A name that leaves the folder would open files that the caller never named.
    private static string FileNameOf(string index, JsonProperty entry) =>
        JsonFields.TryGetText(entry.Value, out string name) && name == Path.GetFileName(name) && name.EndsWith(".safetensors", StringComparison.Ordinal)
            ? name
            : throw new ModelFormatException(index, $"the tensor '{entry.Name}' is in {entry.Value.GetRawText()}; the name of a safetensors file in the same folder is expected.");
}
