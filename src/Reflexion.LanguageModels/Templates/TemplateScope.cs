using System.Diagnostics.CodeAnalysis;

namespace Reflexion.LanguageModels;

/// <summary>Names and what they stand for; what is not here is looked up outside.</summary>
internal sealed class TemplateScope(TemplateScope? outer)
{
    private readonly Dictionary<string, object> _names = new(StringComparer.Ordinal);

    internal bool TryGet(string name, [MaybeNullWhen(false)] out object value)
    {
        for (TemplateScope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._names.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    internal void Set(string name, object value) => _names[name] = value;

    private TemplateScope? Outer { get; } = outer;
}
