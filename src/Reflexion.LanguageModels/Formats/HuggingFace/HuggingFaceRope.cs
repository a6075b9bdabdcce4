using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>How <c>config.json</c> tells rotary positions: <c>rope_theta</c> with <c>rope_scaling</c>, or both in <c>rope_parameters</c>.</summary>
/// <remarks>
/// Every kind of scaling that divides frequencies by constants is read. What has factors is written as <c>longrope</c>, whose factors are free: the
/// same for short and long texts, and attention not scaled.
/// </remarks>
internal static class HuggingFaceRope
{
    private const string LongRope = "longrope";

    public static TransformerConfig Read(JsonFields fields, TransformerConfig shape)
    {
        JsonFields? parameters = fields.GetObject("rope_parameters");
        TransformerConfig config = shape with { RopeBase = fields.GetNumber("rope_theta") ?? parameters?.GetNumber("rope_theta") ?? 10_000 };
        return (parameters ?? fields.GetObject("rope_scaling")) is { } scaling
            ? config with { RopeFactors = Factors(scaling, ConfigLimits.Checked(fields.Source, config)) }
            : config;
    }

    public static void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("rope_theta", config.RopeBase);
        if (config.RopeFactors.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("rope_scaling");
        json.WriteString("rope_type", LongRope);
        json.WriteNumber("attention_factor", 1);
        json.WriteNumber("original_max_position_embeddings", config.ContextLength);
        foreach (string name in (string[])["short_factor", "long_factor"])
        {
            json.WriteStartArray(name);
            foreach (float factor in config.RopeFactors)
            {
                json.WriteNumberValue(factor);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static ImmutableArray<float> Factors(JsonFields scaling, TransformerConfig config) => (scaling.GetString("rope_type") ?? scaling.GetString("type")) switch
    {
        null or "default" => [],
        "linear" => Linear(scaling, config),
        "llama3" => Llama3(scaling, config),
        LongRope when scaling.GetNumber("attention_factor") == 1 => Same(scaling),
        string kind => throw new ModelFormatException(scaling.Source, $"scaling of rotary positions of the kind '{kind}' is not supported; 'linear' and 'llama3' are."),
    };

    private static ImmutableArray<float> Linear(JsonFields scaling, TransformerConfig config) =>
        [.. Enumerable.Repeat((float)Require(scaling, "factor"), config.HeadSize / 2)];

    /// <summary>Llama 3.1's: long waves are stretched by the factor, short ones not at all, those between by a share of both.</summary>
    private static ImmutableArray<float> Llama3(JsonFields scaling, TransformerConfig config)
    {
        double factor = Require(scaling, "factor");
        double low = Require(scaling, "low_freq_factor");
        double high = Require(scaling, "high_freq_factor");
        double context = Require(scaling, "original_max_position_embeddings");
        if (high <= low)
        {
            throw scaling.Unexpected("high_freq_factor", "a number above low_freq_factor");
        }

        return [.. Enumerable.Range(0, config.HeadSize / 2).Select(pair =>
        {
            double turns = context * config.RopeFrequency(pair) / (2 * Math.PI);
            double share = Math.Clamp((turns - low) / (high - low), 0, 1);
            return (float)(1 / (((1 - share) / factor) + share));
        })];
    }

    private static ImmutableArray<float> Same(JsonFields scaling)
    {
        double[] factors = scaling.GetNumbers("short_factor") ?? throw scaling.Unexpected("short_factor", "a list of numbers");
        return scaling.GetNumbers("long_factor") is { } other && factors.SequenceEqual(other)
            ? [.. factors.Select(factor => (float)factor)]
            : throw scaling.Unexpected("long_factor", "what short_factor is (a change of factors between short and long texts is not supported)");
    }

    private static double Require(JsonFields scaling, string name) => scaling.GetNumber(name) is > 0 and { } number
        ? number
        : throw scaling.Unexpected(name, "a positive number");
}
