using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads <c>["title", ["sentence", …]]</c> and <c>{"title": …, "sentences": […]}</c>.</summary>
internal sealed class ParagraphJsonConverter() : PairJsonConverter<ParagraphJson>("title", "sentences")
{
    protected override ParagraphJson Make(JsonElement title, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(sentence => sentence.ValueKind != JsonValueKind.String))
        {
            throw new JsonException("The sentences of a paragraph must be an array of strings.");
        }

        return new(title.GetString(), [.. value.EnumerateArray().Select(sentence => sentence.GetString()!)]);
    }
}
