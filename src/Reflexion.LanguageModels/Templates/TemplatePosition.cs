namespace Reflexion.LanguageModels;

/// <summary>A place in a template's source.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
internal readonly record struct TemplatePosition(int Line, int Column);
