namespace Reflexion.LanguageModels;

/// <summary>The functions that every template can call.</summary>
internal static class TemplateGlobals
{
    internal static void AddTo(TemplateScope scope)
    {
        Add(scope, "range", Range);
        Add(scope, "namespace", Namespace);
        Add(scope, "dict", Dictionary);
        Add(scope, "raise_exception", Raise);
        Add(scope, "strftime_now", Now);
    }

    private static void Add(TemplateScope scope, string name, Func<TemplateRun, TemplateArguments, object> call) => scope.Set(name, new TemplateFunction(name, call));

    private static object Range(TemplateRun run, TemplateArguments arguments)
    {
        long[] bounds = [.. arguments.Positional.Select(bound => PythonValue.AsInteger(bound) ?? throw run.Error("range needs whole numbers."))];
        (long start, long stop, long step) = bounds switch
        {
            [var end] => (0, end, 1),
            [var first, var end] => (first, end, 1),
            [var first, var end, var by] when by != 0 => (first, end, by),
            _ => throw run.Error("range needs an end; or a start, an end and a step that is not zero."),
        };
        decimal count = Math.Max(0, Math.Ceiling(((decimal)stop - start) / step));
        run.ChargeItems((long)Math.Min(count, int.MaxValue));
        return new TemplateList([.. Enumerable.Range(0, (int)count).Select(index => (object)(start + (index * step)))]);
    }

    private static TemplateNamespace Namespace(TemplateRun run, TemplateArguments arguments)
    {
        var made = new TemplateNamespace();
        foreach ((object key, object value) in Dictionary(run, arguments).Items)
        {
            made.Fields[PythonValue.ToText(run, key).Value] = value;
        }

        return made;
    }

    private static TemplateMap Dictionary(TemplateRun run, TemplateArguments arguments)
    {
        var map = new TemplateMap();
        foreach (object given in arguments.Positional)
        {
            foreach ((object key, object value) in (given as TemplateMap ?? throw run.Error("A dictionary is made of another, or of named values.")).Items)
            {
                map.Set(key, value);
            }
        }

        foreach ((string name, object value) in arguments.Named)
        {
            map.Set(name, value);
        }

        return map;
    }

    private static object Raise(TemplateRun run, TemplateArguments arguments) =>
        throw run.Error($"The chat template refuses the messages: {(arguments.Positional is [var message, ..] ? PythonValue.ToText(run, message).Value : "it does not say why")}");

    private static TemplateText Now(TemplateRun run, TemplateArguments arguments) => arguments.Positional is [TemplateText format]
        ? TemplateText.Trusted(PythonDate.Format(run, run.Options.TimeProvider.GetLocalNow(), format.Value))
        : throw run.Error("strftime_now needs a format.");
}
