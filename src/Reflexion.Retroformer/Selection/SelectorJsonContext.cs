using System.Text.Json.Serialization;

namespace Reflexion.Retroformer;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SelectorDocument))]
[JsonSerializable(typeof(DecisionLine))]
internal sealed partial class SelectorJsonContext : JsonSerializerContext;
