namespace Reflexion;

/// <summary>A lesson as a self-reflector wrote it, before the guard has seen it and memory has filed it.</summary>
/// <param name="Text">The lesson as it will stand in prompts.</param>
public sealed record LessonDraft(string Text)
{
    /// <summary>Why the trial failed, where the reflector told it apart; else null.</summary>
    public string? RootCause { get; init; }

    /// <summary>What to do next time, where the reflector told it apart; else null.</summary>
    public string? Plan { get; init; }

    /// <summary>The model that wrote it, or null where none did.</summary>
    public string? ModelId { get; init; }

    /// <summary>A hash of the prompt it was written from, or null.</summary>
    public string? PromptHash { get; init; }
}
