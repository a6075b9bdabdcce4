using System.Text.Json.Serialization;

namespace Reflexion.LanguageModels;

/// <summary>The JSON of <see cref="PartialDownload"/>.</summary>
[JsonSerializable(typeof(PartialDownload))]
internal sealed partial class PartialDownloadJson : JsonSerializerContext;
