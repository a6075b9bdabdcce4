using System.Text.Json.Serialization;

namespace Reflexion.LanguageModels;

/// <summary>Serialises the header without reflection.</summary>
[JsonSerializable(typeof(CheckpointHeader))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CheckpointJson : JsonSerializerContext;
