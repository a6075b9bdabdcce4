using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary><c>tokenizer_config.json</c>: which tokens do what, and the chat template.</summary>
internal static class TokenizerConfig
{
    internal static TokenizerSpec Apply(TokenizerSpec spec, JsonElement config) => spec with
    {
        BosId = Id(spec, config, "bos_token") ?? spec.BosId,
        EosId = Id(spec, config, "eos_token"),
        PadId = Id(spec, config, "pad_token"),
        UnknownId = Id(spec, config, "unk_token") ?? spec.UnknownId,
        AddBos = TokenizerJsonReader.Child(config, "add_bos_token")?.GetBoolean() ?? spec.AddBos,
        AddEos = TokenizerJsonReader.Flag(config, "add_eos_token"),
        ChatTemplate = TokenizerJsonReader.Child(config, "chat_template") is { } template ? Template(template) : null,
    };

    internal static void Write(Utf8JsonWriter writer, TokenizerSpec spec)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("add_bos_token", spec.AddBos == true);
        writer.WriteBoolean("add_eos_token", spec.AddEos == true);
        WriteToken(writer, "bos_token", spec, spec.BosId);
        WriteToken(writer, "eos_token", spec, spec.EosId);
        WriteToken(writer, "pad_token", spec, spec.PadId);
        WriteToken(writer, "unk_token", spec, spec.UnknownId);
        if (spec.ChatTemplate is not null)
        {
            writer.WriteString("chat_template", spec.ChatTemplate);
        }

        writer.WriteBoolean("clean_up_tokenization_spaces", false);
        writer.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        writer.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter writer, string name, TokenizerSpec spec, int? id)
    {
        if (id is { } known)
        {
            writer.WriteString(name, spec.Tokens[known]);
        }
    }

    private static int? Id(TokenizerSpec spec, JsonElement config, string name)
    {
        string? text = TokenizerJsonReader.Child(config, name) switch
        {
            { ValueKind: JsonValueKind.Object } token => TokenizerJsonReader.Text(token, "content"),
            { } token => token.GetString(),
            null => null,
        };
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        int id = spec.Tokens.IndexOf(text);
        return id >= 0 ? id : throw new ModelFormatException(spec.Source, $"the {name} is '{text}', which is none of its tokens.");
    }

    // Several templates have names; the one for chats is "default".
    private static string? Template(JsonElement template) => template.ValueKind == JsonValueKind.Array
        ? template.EnumerateArray().Where(named => TokenizerJsonReader.Text(named, "name") == "default").Select(named => TokenizerJsonReader.Text(named, "template")).FirstOrDefault()
        : template.GetString();
}
