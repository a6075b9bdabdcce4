namespace Reflexion.LanguageModels;

/// <summary>Python's None.</summary>
internal sealed class TemplateNone
{
    internal static readonly TemplateNone Instance = new();
}
