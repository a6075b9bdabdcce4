using System.Text.Json.Serialization;

namespace Reflexion.Environments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QuestionJson))]
internal sealed partial class QuestionJsonContext : JsonSerializerContext;
