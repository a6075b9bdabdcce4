using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>What can stand behind <c>|</c>.</summary>
internal static class TemplateFilters
{
    private static readonly FrozenDictionary<string, Func<TemplateRun, object, TemplateArguments, object>> Filters =
        TextFilters.All.Concat(SequenceFilters.All).Concat(ValueFilters.All).ToFrozenDictionary(StringComparer.Ordinal);

    internal static Func<TemplateRun, object, TemplateArguments, object>? Find(string name) => Filters.GetValueOrDefault(name);
}
