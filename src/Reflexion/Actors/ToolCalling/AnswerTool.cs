using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The tool whose call ends the trial.</summary>
internal static class AnswerTool
{
    private const string ArgumentName = "answer";

    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"answer":{"type":"string","description":"The final answer."}},"required":["answer"]}""");

    internal static AIFunctionDeclaration Declare(string name) =>
        AIFunctionFactory.CreateDeclaration(name, "Gives the final answer and ends the work. Call it once, when you are done.", Schema);

    /// <summary>The answer in a call's arguments: the one called <c>answer</c>, else the only one, else all of them as JSON; null where there is none.</summary>
    internal static string? Read(FunctionCallContent call)
    {
        if (call.Arguments is not { Count: > 0 } arguments || call.Exception is not null)
        {
            return null;
        }

        object? value = arguments.TryGetValue(ArgumentName, out object? named) ? named : arguments.Count == 1 ? arguments.First().Value : arguments;
        string text = ReferenceEquals(value, arguments) ? CompactJson.Write(arguments) : ToolResultText.Render(value, AIJsonUtilities.DefaultOptions);
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
