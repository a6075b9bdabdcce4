namespace Reflexion.LanguageModels;

/// <summary>The methods of lists that change nothing.</summary>
internal static class ListMethods
{
    internal static TemplateFunction? Find(TemplateList list, string name) => name switch
    {
        "index" => new(name, (run, arguments) => Index(run, list, arguments)),
        "count" => new(name, (run, arguments) => (long)list.Items.Count(item => PythonValue.AreEqual(run, item, Sought(run, name, arguments)))),
        "append" or "extend" or "insert" or "pop" or "remove" or "clear" or "sort" or "reverse" =>
            new(name, (run, _) => throw run.Error($"A template cannot change a list ({name}); it can make a new one with +.")),
        _ => null,
    };

    private static object Sought(TemplateRun run, string name, TemplateArguments arguments) =>
        arguments.Bind(run, name, "value")[0] ?? throw run.Error($"{name} needs a value.");

    private static long Index(TemplateRun run, TemplateList list, TemplateArguments arguments)
    {
        object sought = Sought(run, "index", arguments);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (PythonValue.AreEqual(run, list.Items[i], sought))
            {
                return i;
            }
        }

        throw run.Error("index: the value is not in the list.");
    }
}
