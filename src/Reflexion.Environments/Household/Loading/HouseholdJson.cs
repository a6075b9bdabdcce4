using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>How files of household games are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GameFile))]
[JsonSerializable(typeof(WorldLine))]
internal sealed partial class HouseholdJson : JsonSerializerContext;
