using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads <c>["title", 0]</c> and <c>{"title": …, "sent_id": 0}</c>.</summary>
internal sealed class SupportJsonConverter() : PairJsonConverter<SupportJson>("title", "sent_id")
{
    protected override SupportJson Make(JsonElement title, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int sentence)
            ? new(title.GetString(), sentence)
            : throw new JsonException("The sentence of a supporting fact must be a whole number.");
}
