namespace Reflexion.LanguageModels;

/// <summary>The methods of dictionaries that change nothing.</summary>
internal static class MapMethods
{
    internal static TemplateFunction? Find(TemplateMap map, string name) => name switch
    {
        "items" => new(name, (run, arguments) => Items(run, map, arguments)),
        "keys" => new(name, (run, arguments) => Bare(run, name, arguments, () => [.. map.Keys])),
        "values" => new(name, (run, arguments) => Bare(run, name, arguments, () => [.. map.Items.Select(item => item.Value)])),
        "get" => new(name, (run, arguments) => Get(run, map, arguments)),
        _ => null,
    };

    internal static TemplateList Items(TemplateRun run, TemplateMap map, TemplateArguments arguments) => Bare(
        run, "items", arguments, () => [.. map.Items.Select(item => new TemplateList([item.Key, item.Value], isTuple: true))]);

    private static TemplateList Bare(TemplateRun run, string name, TemplateArguments arguments, Func<object[]> items)
    {
        arguments.Bind(run, name);
        return new TemplateList(items());
    }

    private static object Get(TemplateRun run, TemplateMap map, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "get", "key", "default");
        return (bound[0] is { } key ? PythonMembers.Item(run, map, key) : null) ?? bound[1] ?? TemplateNone.Instance;
    }
}
