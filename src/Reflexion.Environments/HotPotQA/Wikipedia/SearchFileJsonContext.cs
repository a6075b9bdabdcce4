using System.Text.Json.Serialization;

namespace Reflexion.Environments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchFile))]
internal sealed partial class SearchFileJsonContext : JsonSerializerContext;
