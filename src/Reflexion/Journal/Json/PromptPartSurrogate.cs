namespace Reflexion;

/// <summary>A part of a prompt as it is written.</summary>
internal sealed record PromptPartSurrogate(PromptPartKind Kind, string Text, TextIntegrity Integrity, string[]? LessonIds);
