using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One part of an actor's prompt, with where it came from.</summary>
/// <param name="Kind">What the part is; decides its place.</param>
/// <param name="Text">The text as the model sees it, fences included.</param>
/// <param name="Integrity">How far the text may be trusted.</param>
public sealed record PromptPart(PromptPartKind Kind, string Text, TextIntegrity Integrity)
{
    /// <summary>The ids of the lessons the text was made from; empty where it was made from none.</summary>
    public ImmutableArray<string> LessonIds { get; init; } = [];
}
