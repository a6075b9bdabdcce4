using System.Text.Json.Serialization;

namespace Reflexion.Retroformer;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SftExample))]
[JsonSerializable(typeof(DpoPair))]
[JsonSerializable(typeof(RlPrompt))]
[JsonSerializable(typeof(Experience))]
[JsonSerializable(typeof(DatasetHeader))]
internal sealed partial class DatasetJsonContext : JsonSerializerContext;
