using System.Text.Json.Serialization;

namespace Reflexion;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReportHeader))]
[JsonSerializable(typeof(AnalysisOptions))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
