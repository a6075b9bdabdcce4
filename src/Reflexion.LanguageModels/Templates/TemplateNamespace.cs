namespace Reflexion.LanguageModels;

/// <summary>What <c>namespace()</c> makes: the one thing a template can change.</summary>
internal sealed class TemplateNamespace
{
    internal Dictionary<string, object> Fields { get; } = new(StringComparer.Ordinal);
}
