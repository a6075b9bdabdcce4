using System.Text.Json.Serialization;

namespace Reflexion;

// Unlike results, analyses are only written: what follows from other figures is written too, so that readers need not work it out.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true,
    Converters = [typeof(UsageReportConverter)])]
[JsonSerializable(typeof(AnalysisDocument))]
[JsonSerializable(typeof(UsageSurrogate[]))]
internal sealed partial class AnalysisJsonContext : JsonSerializerContext;
