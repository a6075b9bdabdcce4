using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Renders templates over a few variables.</summary>
internal static class Rendering
{
    public static ImmutableDictionary<string, object?> Variables { get; } = ImmutableDictionary.CreateRange<string, object?>(
    [
        new("word", "Reflect"),
        new("blank", ""),
        new("padded", "  two\twords \n"),
        new("count", 7),
        new("zero", 0L),
        new("half", 2.5),
        new("yes", true),
        new("nothing", null),
        new("numbers", new[] { 4, 1, 3 }),
        new("names", new List<string> { "bo", "Al", "cy" }),
        new("empty", Array.Empty<object>()),
        new("thought", Json("""{"plan":"look","steps":[1,{"done":null}]}""")),
        new("mixed", "naïve 🙂 ß"),
        new("lines", "one\ntwo\r\n\nthree"),
        new("tasks", Json("""[{"id":"b","score":2,"meta":{"tag":"x"}},{"id":"a","score":1},{"id":"c","score":2}]""")),
    ]);

    public static string Value(string expression) => Text($"{{{{ {expression} }}}}");

    public static string Text(string template) => Text(template, new ChatTemplateOptions());

    public static string Text(string template, ChatTemplateOptions options, params ChatMessage[] messages) =>
        ChatTemplate.Parse(template).Render(messages, options: options with { Variables = options.Variables.IsEmpty ? Variables : options.Variables }).Text;

    public static ChatTemplateException Refusal(string template, ChatTemplateOptions? options = null)
    {
        Action render = () => Text(template, options ?? new ChatTemplateOptions());
        return render.Should().Throw<ChatTemplateException>().Which;
    }

    private static JsonElement Json(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
