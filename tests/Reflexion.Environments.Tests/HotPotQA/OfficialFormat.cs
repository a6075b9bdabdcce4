using System.Text.Json.Nodes;

namespace Reflexion.Tests;

/// <summary>Writes questions in the format of HotpotQA's own files.</summary>
internal static class OfficialFormat
{
    internal static string Of(IEnumerable<string> lines) => new JsonArray([.. lines.Where(line => line.Length > 0).Select(line => Convert(JsonNode.Parse(line)!.AsObject()))]).ToJsonString();

    private static JsonObject Convert(JsonObject question) => new()
    {
        ["_id"] = (string?)question["id"],
        ["question"] = (string?)question["question"],
        ["answer"] = (string?)question["answer"],
        ["type"] = (string?)question["type"],
        ["level"] = (string?)question["level"],
        ["supporting_facts"] = Pairs(question["supporting_facts"]!, "sent_id"),
        ["context"] = Pairs(question["context"]!, "sentences"),
    };

    private static JsonArray Pairs(JsonNode pairs, string value) =>
        new([.. pairs.AsArray().Select(pair => new JsonArray(pair!["title"]!.DeepClone(), pair[value]!.DeepClone()))]);
}
