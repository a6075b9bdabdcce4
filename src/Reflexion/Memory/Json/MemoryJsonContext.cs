using System.Text.Json.Serialization;

namespace Reflexion;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MemoryLine))]
[JsonSerializable(typeof(MemoryHeader))]
internal sealed partial class MemoryJsonContext : JsonSerializerContext;
