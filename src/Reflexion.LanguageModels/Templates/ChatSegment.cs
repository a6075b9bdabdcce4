namespace Reflexion.LanguageModels;

/// <summary>A part of a rendered chat that comes from one side.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsTrusted">Whether the template wrote it. What messages and tools say is not trusted: control tokens written in it are plain text.</param>
public sealed record ChatSegment(string Text, bool IsTrusted);
