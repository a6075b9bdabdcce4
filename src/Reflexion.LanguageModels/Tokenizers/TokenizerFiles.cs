using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>A tokenizer's files in a model's folder in Hugging Face's layout.</summary>
internal static class TokenizerFiles
{
    internal const string TokenizerName = "tokenizer.json";
    internal const string ConfigName = "tokenizer_config.json";
    internal const string TemplateName = "chat_template.jinja";

    /// <exception cref="FileNotFoundException">There is no <c>tokenizer.json</c>.</exception>
    /// <exception cref="ModelFormatException">A file is damaged, or describes a tokenizer of another kind.</exception>
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
            using JsonDocument tokenizer = JsonFile.Open(path);
            TokenizerSpec spec = new TokenizerJsonReader(path, tokenizer.RootElement).Read();
            if (File.Exists(configPath))
            {
                using JsonDocument config = JsonFile.Open(configPath);
                spec = TokenizerConfig.Apply(spec, config.RootElement);
            }

            return spec with { ChatTemplate = template ?? spec.ChatTemplate };
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or KeyNotFoundException or FormatException and not ModelFormatException
            or IndexOutOfRangeException or ArgumentException)
        {
            throw new ModelFormatException(path, $"the tokenizer is not laid out as expected: {wrong.Message}", wrong);
        }
    }

    internal static async Task WriteAsync(TokenizerSpec spec, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await JsonFile.WriteAsync(Path.Combine(folder, TokenizerName), writer => TokenizerJsonWriter.Write(writer, spec), cancellationToken).ConfigureAwait(false);
        await JsonFile.WriteAsync(Path.Combine(folder, ConfigName), writer => TokenizerConfig.Write(writer, spec), cancellationToken).ConfigureAwait(false);
    }
}
