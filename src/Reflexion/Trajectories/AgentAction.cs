namespace Reflexion;

/// <summary>One thing an actor does: the text it wrote, and what that text means where the actor's syntax says so.</summary>
/// <param name="Text">The action as the model wrote it, trimmed.</param>
public sealed record AgentAction(string Text)
{
    /// <summary>The name of the action or tool (<c>Search</c> in <c>Search[Paris]</c>), or null for free text.</summary>
    public string? Name { get; init; }

    /// <summary>The argument (<c>Paris</c> in <c>Search[Paris]</c>), the JSON arguments of a tool call, or null.</summary>
    public string? Argument { get; init; }

    /// <summary>The provider's id of a native tool call, or null.</summary>
    public string? CallId { get; init; }
}
