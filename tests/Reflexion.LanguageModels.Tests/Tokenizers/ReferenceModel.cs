using System.Text.Json;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A folder of reference models whose tokenizer an independent engine has run.</summary>
internal sealed class ReferenceModel(string folder)
{
    public string Name => Path.GetFileName(folder);

    /// <summary>Whether control tokens in the reference's texts are parsed: by the model's own engine they are, by the sentencepiece library not.</summary>
    public bool ParsesSpecial { get; } = !Describe(folder).Contains("not parsed", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folders that hold expectations of a kind.</summary>
    public static List<ReferenceModel> With(string file, string section) =>
    [
        .. Directory.EnumerateDirectories(SharedFolder.PathOf("models"))
            .Where(folder => File.Exists(Path.Combine(folder, file)) && Directory.EnumerateFiles(folder, "*.gguf").Any())
            .Where(folder => Read(folder, file).TryGetProperty(section, out _))
            .Order(StringComparer.Ordinal)
            .Select(folder => new ReferenceModel(folder)),
    ];

    public List<JsonElement> Cases(string section, string file = "reference.json") => [.. Read(folder, file).GetProperty(section).EnumerateArray()];

    public Tokenizer Tokenizer()
    {
        using GgufFile model = GgufFile.Open(Directory.EnumerateFiles(folder, "*.gguf").First());
        return LanguageModels.Tokenizer.Create(model.ReadTokenizer());
    }

    private static string Describe(string folder) =>
        File.Exists(Path.Combine(folder, "reference.json")) && Read(folder, "reference.json").TryGetProperty("how", out JsonElement how) ? how.ToString() : "";

    private static JsonElement Read(string folder, string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
