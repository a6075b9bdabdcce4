using System.Diagnostics.CodeAnalysis;

namespace Reflexion.LanguageModels;

/// <summary>A dictionary in order of insertion; not changed once a template sees it.</summary>
internal sealed class TemplateMap
{
    private readonly OrderedDictionary<object, object> _items = new(TemplateKeyComparer.Instance);

    internal int Count => _items.Count;

    internal IEnumerable<object> Keys => _items.Keys;

    internal IEnumerable<KeyValuePair<object, object>> Items => _items;

    internal bool TryGet(object key, [MaybeNullWhen(false)] out object value)
    {
        value = null;
        return TemplateKeyComparer.IsKey(key) && _items.TryGetValue(key, out value);
    }

    internal bool TryGet(string key, [MaybeNullWhen(false)] out object value) => _items.TryGetValue(TemplateText.Trusted(key), out value);

    internal TemplateMap Set(object key, object value)
    {
        _items[key] = value;
        return this;
    }

    internal TemplateMap Set(string key, object value) => Set(TemplateText.Trusted(key), value);
}
