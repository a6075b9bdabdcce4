using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Reflexion.Samples;

/// <summary>Puts tool calls together that arrive in pieces.</summary>
internal sealed class StreamedToolCalls
{
    private readonly SortedDictionary<int, (string? Id, string? Name, StringBuilder Arguments)> _calls = [];

    internal void Add(IReadOnlyList<StreamingChatToolCallUpdate> pieces)
    {
        foreach (StreamingChatToolCallUpdate piece in pieces)
        {
            (string? id, string? name, StringBuilder arguments) = _calls.TryGetValue(piece.Index, out var known) ? known : (null, null, new StringBuilder());
            arguments.Append(piece.FunctionArgumentsUpdate is { } text && !text.ToMemory().IsEmpty ? text.ToString() : "");
            _calls[piece.Index] = (NotEmpty(id) ?? piece.ToolCallId, NotEmpty(name) ?? piece.FunctionName, arguments);
        }
    }

    internal List<AIContent> Take()
    {
        List<AIContent> whole = [.. _calls.Values.Select(call => OpenAIResponse.Call(call.Id ?? "", call.Name ?? "", call.Arguments.ToString()))];
        _calls.Clear();
        return whole;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
