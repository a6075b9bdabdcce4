using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace ToolsAndMcp;

/// <summary>
/// Stands in for a language model with replies written down beforehand. They depend on what it is shown: with the lesson
/// in its prompt it works differently, as a model would; without it, it would make the same mistakes in every trial.
/// </summary>
internal static class ScriptedModel
{
    private const string Lesson =
        "Look up find_order and refund_policy first, work out the share with percent_of, and refund that amount only. Say that money was refunded only after the refund tool has confirmed it.";

    private static readonly string Reflection =
        $$"""
        {"root_cause": "I guessed tool names and arguments, tried to refund the full price without knowing the policy, and claimed a refund that was denied.",
         "plan": "Look up the order and the policy, compute the share, refund it, then answer.",
         "lesson": "{{Lesson}}"}
        """;

    internal static IChatClient Create() => new ScriptedChatClient()
        .When(request => request.Text.Contains("root cause", StringComparison.OrdinalIgnoreCase), Reflection)
        .When(request => request.Text.Contains(Lesson, StringComparison.Ordinal), Taught)
        .When(_ => true, Untaught);

    /// <summary>The first trial: wrong name, wrong argument, a tool that fails, a refund nobody approves, and a claim.</summary>
    private static ChatResponse Untaught(ScriptedRequest request) => Rounds(request) switch
    {
        0 => Reply("I look the order up.", Call("get_order", """{"id":"A-17"}""")),
        1 => Reply("It has another name.", Call("find_order", """{"id":"A-17"}""")),
        2 => Reply("Now with the right argument.", Call("find_order", """{"order":"A-17"}"""), Call("carrier_report", """{"order":"A-17"}""")),
        3 => Reply("I refund the price.", Call("refund", """{"order":"A-17","amount":45.00}""")),
        _ => Reply("We have refunded 45.00 for your order A-17."),
    };

    /// <summary>With the lesson: look both things up at once, compute, refund, answer.</summary>
    private static ChatResponse Taught(ScriptedRequest request) => Rounds(request) switch
    {
        0 => Reply("I look up the order and the policy.", Call("find_order", """{"order":"A-17"}"""), Call("refund_policy", """{"reason":"damaged"}""")),
        1 => Reply("80 percent of 45.00.", Call("percent_of", """{"percent":80,"amount":45.00}""")),
        2 => Reply("I refund that.", Call("refund", """{"order":"A-17","amount":36.00}""")),
        _ => Reply("We have refunded 36.00 for your order A-17."),
    };

    private static int Rounds(ScriptedRequest request) => request.Messages.Count(message => message.Role == ChatRole.Tool);

    private static ChatResponse Reply(string text, params FunctionCallContent[] calls) =>
        new(new ChatMessage(ChatRole.Assistant, [new TextContent(text), .. calls]));

    private static FunctionCallContent Call(string name, string arguments) =>
        new($"call_{name}", name, JsonElement.Parse(arguments).EnumerateObject().ToDictionary(field => field.Name, field => (object?)field.Value));
}
