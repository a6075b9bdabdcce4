using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>Reads a self-reflector's reply.</summary>
internal static class ReflectionReader
{
    /// <summary>A draft without provenance, or null where the reply holds no lesson.</summary>
    internal static LessonDraft? Read(string reply, ReflectorFormat format) =>
        format == ReflectorFormat.Structured && LenientJson.ReadObjects(ModelReply.WithoutReasoning(reply)) is [.., { } last]
            ? FromFields(last)
            : ModelReply.Prose(reply) is { Length: > 0 } prose ? new(prose) : null;

    private static LessonDraft? FromFields(JsonObject fields)
    {
        string? cause = Prose(fields, "root_cause");
        string? plan = Prose(fields, "plan");
        // A lesson left empty on purpose says that there is none; one left out was forgotten.
        string? lesson = fields.ContainsKey("lesson") ? Prose(fields, "lesson") : string.Join(' ', new[] { cause, plan }.OfType<string>());
        return string.IsNullOrEmpty(lesson) ? null : new(lesson) { RootCause = cause, Plan = plan };
    }

    private static string? Prose(JsonObject fields, string name) =>
        fields.Text(name) is { } text && ModelReply.Prose(text) is { Length: > 0 } prose ? prose : null;
}
