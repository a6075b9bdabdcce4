using System.Text.Json.Serialization;

namespace Reflexion.Environments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MediaWikiReply))]
internal sealed partial class MediaWikiJsonContext : JsonSerializerContext;
