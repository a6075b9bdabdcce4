using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reflexion.Testing;

/// <summary>The closed set of types a cassette holds.</summary>
[JsonSerializable(typeof(CassetteHeader))]
[JsonSerializable(typeof(CassetteEntry))]
internal sealed partial class CassetteJson : JsonSerializerContext
{
    /// <summary>Text stays readable in the file, which is no web page.</summary>
    internal static CassetteJson Readable { get; } = new(new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<CassetteFaultKind>() },
    });
}
