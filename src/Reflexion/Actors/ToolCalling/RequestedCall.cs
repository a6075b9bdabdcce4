using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A tool call in a model's reply, with the text that led to it.</summary>
/// <param name="Content">The call.</param>
/// <param name="Thought">What the model said since the call before it, or null.</param>
internal sealed record RequestedCall(FunctionCallContent Content, string? Thought)
{
    /// <summary>The arguments as JSON; null where the model's could not be read.</summary>
    internal string? Arguments { get; } = Content.Exception is null ? CompactJson.Write(Content.Arguments) : null;

    internal AgentAction ToAction() => new($"{Content.Name}({Arguments})")
    {
        Name = Content.Name,
        Argument = Arguments,
        CallId = Content.CallId,
    };
}
