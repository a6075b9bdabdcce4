using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>What <c>tokenizer.json</c> says of cutting text into words.</summary>
internal static class PreTokenizerJson
{
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Llama3Head = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string Llama3Tail = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Qwen2Pattern = Llama3Head + @"\p{N}" + Llama3Tail;
    private const string Llama3Pattern = Llama3Head + @"\p{N}{1,3}" + Llama3Tail;

    /// <summary>The name by which <see cref="WordCutter.Find"/> knows it.</summary>
    /// <exception cref="ModelFormatException">It is none of those known.</exception>
    internal static string NameOf(string path, JsonElement? preTokenizer)
    {
        JsonElement[] steps = Steps(preTokenizer);
        string shape = string.Join('+', steps.Select(Shape));
        return shape switch
        {
            "words" or $"{Gpt2Pattern}+bytes" => "gpt2",
            "digits+words" or $"digits+{Gpt2Pattern}+bytes" => "smollm",
            $"{Qwen2Pattern}+bytes" => "qwen2",
            $"{Llama3Pattern}+bytes" => "llama-bpe",
            _ => throw new ModelFormatException(path, $"the way this tokenizer cuts text into words is not known: {shape}"),
        };
    }

    /// <summary>Whether text gets a space in front of it.</summary>
    internal static bool PutsSpaceFirst(JsonElement root) =>
        Steps(TokenizerJsonReader.Child(root, "normalizer")).Any(step => TypeOf(step) == "Prepend")
        || Steps(TokenizerJsonReader.Child(root, "pre_tokenizer")).Any(step => TypeOf(step) == "Metaspace"
            && (TokenizerJsonReader.Text(step, "prepend_scheme") is "always" or "first" || TokenizerJsonReader.Flag(step, "add_prefix_space")));

    /// <summary>Writes the one of a name.</summary>
    internal static void Write(Utf8JsonWriter writer, string name)
    {
        string? pattern = name switch
        {
            "qwen2" or "deepseek-r1-qwen" => Qwen2Pattern,
            "llama-bpe" or "llama3" or "llama-v3" => Llama3Pattern,
            _ => null,
        };
        if (pattern is null && name != "smollm")
        {
            WriteByteLevel(writer, cutsWords: true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", "Sequence");
        writer.WriteStartArray("pretokenizers");
        writer.WriteStartObject();
        if (pattern is null)
        {
            writer.WriteString("type", "Digits");
            writer.WriteBoolean("individual_digits", true);
        }
        else
        {
            writer.WriteString("type", "Split");
            writer.WriteStartObject("pattern");
            writer.WriteString("Regex", pattern);
            writer.WriteEndObject();
            writer.WriteString("behavior", "Isolated");
            writer.WriteBoolean("invert", false);
        }

        writer.WriteEndObject();
        WriteByteLevel(writer, cutsWords: pattern is null);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter writer, bool cutsWords)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "ByteLevel");
        writer.WriteBoolean("add_prefix_space", false);
        writer.WriteBoolean("trim_offsets", true);
        writer.WriteBoolean("use_regex", cutsWords);
        writer.WriteEndObject();
    }

    private static JsonElement[] Steps(JsonElement? element) => element is not { } step ? []
        : TypeOf(step) != "Sequence" ? [step]
        : [.. (TokenizerJsonReader.Child(step, "pretokenizers") ?? step.GetProperty("normalizers")).EnumerateArray()];

    private static string TypeOf(JsonElement step) => step.GetProperty("type").GetString() ?? "";

    private static string Shape(JsonElement step) => TypeOf(step) switch
    {
        "ByteLevel" when TokenizerJsonReader.Flag(step, "add_prefix_space") => "bytes after a space",
        "ByteLevel" => TokenizerJsonReader.Child(step, "use_regex")?.GetBoolean() ?? true ? "words" : "bytes",
        "Digits" when TokenizerJsonReader.Flag(step, "individual_digits") => "digits",
        "Split" when TokenizerJsonReader.Text(step, "behavior") == "Isolated" && !TokenizerJsonReader.Flag(step, "invert") =>
            TokenizerJsonReader.Text(step.GetProperty("pattern"), "Regex") ?? "a plain text",
        string other => other,
    };
}
