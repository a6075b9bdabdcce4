using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A question as files have it. The two formats differ in the name of the id, and in how paragraphs and supports are written.</summary>
internal sealed record QuestionJson
{
    public string? Id { get; init; }

    [JsonPropertyName("_id")]
    public string? OfficialId { get; init; }

    public string? Question { get; init; }

    public string? Answer { get; init; }

    public string? Type { get; init; }

    public string? Level { get; init; }

    [JsonPropertyName("supporting_facts")]
    public ImmutableArray<SupportJson?> Supports { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ParagraphJson?> Context { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Checks what was read and makes a question of it.</summary>
    /// <param name="fault">Makes the exception for what is wrong.</param>
    internal HotPotQAQuestion ToQuestion(Func<string, DatasetFormatException> fault)
    {
        string? id = Id ?? OfficialId;
        string? problem = string.IsNullOrWhiteSpace(id) ? "it has no id; 'id' or '_id' is expected."
            : string.IsNullOrWhiteSpace(Question) ? "it has no 'question'."
            : Context.Any(paragraph => string.IsNullOrWhiteSpace(paragraph?.Title)) ? "a paragraph of its 'context' has no title."
            : Supports.Any(support => string.IsNullOrWhiteSpace(support?.Title)) ? "one of its 'supporting_facts' has no title."
            : Supports.Any(support => support!.Sentence < 0) ? "one of its 'supporting_facts' has a negative sentence number."
            : null;
        if (problem is not null)
        {
            throw fault(problem);
        }

        return new(id!, Question!)
        {
            Answer = string.IsNullOrWhiteSpace(Answer) ? null : Answer,
            Type = Type ?? "",
            Level = Level ?? "",
            Paragraphs = [.. Context.Select(paragraph => new HotPotQAParagraph(WebUtility.HtmlDecode(paragraph!.Title!), paragraph.Sentences))],
            Supports = [.. Supports.Select(support => new HotPotQASupport(WebUtility.HtmlDecode(support!.Title!), support.Sentence))],
        };
    }
}
