using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The tools of one trial, by name.</summary>
internal sealed class ToolSet
{
    private readonly Dictionary<string, AIFunctionDeclaration> _functions;

    internal ToolSet(IEnumerable<AITool> tools, string? answerToolName)
    {
        All = [.. tools];
        _functions = Index(All);
        AnswerToolName = answerToolName;
        if (answerToolName is not null && !_functions.ContainsKey(answerToolName))
        {
            AIFunctionDeclaration answer = AnswerTool.Declare(answerToolName);
            All = All.Add(answer);
            _functions.Add(answerToolName, answer);
        }

        EstimatedTokens = _functions.Values.Sum(EstimateTokens);
        Names = _functions.Count == 0 ? "none" : string.Join(", ", _functions.Keys);
    }

    /// <summary>Everything the model is shown, tools that the provider runs included.</summary>
    internal ImmutableArray<AITool> All { get; }

    /// <summary>The names of the functions, in the order given.</summary>
    internal string Names { get; }

    /// <summary>What the definitions of the functions cost in every call.</summary>
    internal int EstimatedTokens { get; }

    internal string? AnswerToolName { get; }

    internal AIFunctionDeclaration? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>The answer that a call gives, or null where it gives none.</summary>
    internal string? ReadAnswer(FunctionCallContent call) => call.Name == AnswerToolName ? AnswerTool.Read(call) : null;

    private static int EstimateTokens(AIFunctionDeclaration function) =>
        8 + TokenEstimate.Of(function.Name) + TokenEstimate.Of(function.Description) + TokenEstimate.Of(function.JsonSchema.ToString());

    private static Dictionary<string, AIFunctionDeclaration> Index(ImmutableArray<AITool> tools)
    {
        var functions = new Dictionary<string, AIFunctionDeclaration>(StringComparer.Ordinal);
        foreach (AITool tool in tools)
        {
            if (tool is null)
            {
                throw new ArgumentException("A tool is null.", nameof(tools));
            }

            if (tool is AIFunctionDeclaration function && !functions.TryAdd(function.Name, function))
            {
                throw new ArgumentException($"Two tools are named '{function.Name}'; the model could not tell them apart. Rename one.", nameof(tools));
            }
        }

        return functions;
    }
}
