using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>Reads and writes <c>adapter_config.json</c>.</summary>
internal static class PeftConfigFile
{
    public const string FileName = "adapter_config.json";

    private const int LargestRank = 1 << 16;

    // What these ask for changes what the adapter computes. Each may be there as long as it says nothing.
    private static readonly string[] MustBeEmpty =
        ["rank_pattern", "alpha_pattern", "modules_to_save", "layers_to_transform", "layers_pattern", "exclude_modules", "layer_replication", "trainable_token_indices", "target_parameters"];

    private static readonly string[] MustBeFalse = ["use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"];

    /// <exception cref="ModelFormatException">It is no LoRA adapter, or asks for something that is not supported.</exception>
    public static PeftAdapterConfig Read(string path)
    {
        using JsonDocument document = JsonFile.Open(path);
        JsonFields fields = new(path, document.RootElement);
        RefuseUnsupported(fields);
        var config = new PeftAdapterConfig
        {
            Rank = fields.RequireInt32("r"),
            Alpha = fields.GetNumber("lora_alpha") ?? 8,
            Dropout = fields.GetNumber("lora_dropout") ?? 0,
            IsRankStabilized = fields.GetBoolean("use_rslora") ?? false,
            TargetModules = PeftTargets.Read(fields),
            BaseModel = fields.GetString("base_model_name_or_path"),
        };
        fields.Refuse(config.Rank is < 1 or > LargestRank, "r", $"1 to {LargestRank}");
        fields.Refuse(config.Alpha <= 0, "lora_alpha", "a positive number");
        fields.Refuse(config.Dropout is < 0 or >= 1, "lora_dropout", "a number from 0 to below 1");
        return config;
    }

    public static void Write(Utf8JsonWriter json, PeftAdapterConfig config)
    {
        json.WriteStartObject();
        json.WriteString("peft_type", "LORA");
        json.WriteString("task_type", "CAUSAL_LM");
        json.WriteString("base_model_name_or_path", config.BaseModel);
        json.WriteNumber("r", config.Rank);
        json.WriteNumber("lora_alpha", config.Alpha);
        json.WriteNumber("lora_dropout", config.Dropout);
        json.WriteString("bias", "none");
        json.WriteBoolean("use_rslora", config.IsRankStabilized);
        json.WriteStartArray("target_modules");
        foreach (string module in config.TargetModules)
        {
            json.WriteStringValue(module);
        }

        json.WriteEndArray();
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteBoolean("inference_mode", true);
        json.WriteEndObject();
    }

    private static void RefuseUnsupported(JsonFields fields)
    {
        fields.Refuse(fields.GetString("peft_type") is not "LORA", "peft_type", "\"LORA\"");
        fields.Refuse(fields.GetString("bias") is not (null or "none"), "bias", "\"none\"");
        foreach (string name in MustBeEmpty)
        {
            fields.Refuse(!fields.IsEmpty(name), name, "nothing (it is not supported)");
        }

        foreach (string name in MustBeFalse)
        {
            fields.Refuse(fields.GetBoolean(name) == true, name, "false (it is not supported)");
        }
    }
}
