using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>A tokenizer's files in a model's folder in Hugging Face's layout.</summary>
internal static class TokenizerFiles
{
    internal const string TokenizerName = "tokenizer.json";
    internal const string ConfigName = "tokenizer_config.json";
    internal const string TemplateName = "chat_template.jinja";

    /// <exception cref="FileNotFoundException">There is no <c>tokenizer.json</c>.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or describes a tokenizer of another kind.</exception>
    internal static async Task<TokenizerSpec> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, TokenizerName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no {TokenizerName} in '{folder}'.", path);
        }

        string configPath = Path.Combine(folder, ConfigName);
        string templatePath = Path.Combine(folder, TemplateName);
        string? template = File.Exists(templatePath) ? await File.ReadAllTextAsync(templatePath, cancellationToken).ConfigureAwait(false) : null;
        try
        {
            using JsonDocument tokenizer = await ParseAsync(path, cancellationToken).ConfigureAwait(false);
            using JsonDocument? config = File.Exists(configPath) ? await ParseAsync(configPath, cancellationToken).ConfigureAwait(false) : null;
            TokenizerSpec spec = new TokenizerJsonReader(tokenizer.RootElement).Read();
            spec = config is null ? spec : TokenizerConfig.Apply(spec, config.RootElement);
            return spec with { ChatTemplate = template ?? spec.ChatTemplate };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"The tokenizer in '{folder}' cannot be read: {exception.Message}", exception);
        }
    }

    internal static async Task WriteAsync(TokenizerSpec spec, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, TokenizerName), TokenizerJsonWriter.Write(spec), cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, ConfigName), TokenizerConfig.Write(spec), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<JsonDocument> ParseAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
