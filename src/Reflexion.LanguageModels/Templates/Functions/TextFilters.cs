using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Filters that make text of text.</summary>
internal static class TextFilters
{
    internal static ImmutableDictionary<string, Func<TemplateRun, object, TemplateArguments, object>> All { get; } =
        new Dictionary<string, Func<TemplateRun, object, TemplateArguments, object>>
        {
            ["trim"] = Trim,
            ["upper"] = (run, value, _) => Map(run, value, text => text.ToUpperInvariant()),
            ["lower"] = (run, value, _) => Map(run, value, text => text.ToLowerInvariant()),
            ["title"] = (run, value, _) => Map(run, value, text => PythonText.Title(text, everyWord: true)),
            ["capitalize"] = (run, value, _) => Map(run, value, text => PythonText.Title(text, everyWord: false)),
            ["string"] = (run, value, _) => PythonValue.ToText(run, value),
            ["safe"] = (run, value, _) => PythonValue.ToText(run, value),
            ["replace"] = Replace,
            ["indent"] = Indent,
            ["wordcount"] = (run, value, _) => (long)((TemplateList)TextSplitting.Split(run, Text(run, value), TemplateArguments.None, fromRight: false)).Items.Count,
            ["tojson"] = ToJson,
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private static TemplateText Text(TemplateRun run, object value)
    {
        TemplateText text = PythonValue.ToText(run, value);
        run.ChargeText(text.Value.Length, text.Value.Length);
        return text;
    }

    private static TemplateText Map(TemplateRun run, object value, Func<string, string> map)
    {
        TemplateText text = Text(run, value);
        return text.Derive(map(text.Value));
    }

    private static TemplateText Trim(TemplateRun run, object value, TemplateArguments arguments) =>
        arguments.Bind(run, "trim", "chars")[0] is TemplateText characters
            ? TextMethods.Trim(Text(run, value), characters.Value)
            : TextMethods.Trim(Text(run, value));

    private static TemplateText Replace(TemplateRun run, object value, TemplateArguments arguments) =>
        arguments.Bind(run, "replace", "old", "new", "count") is [{ } old, { } replacement, var most]
            ? TextMethods.Replace(run, Text(run, value), Text(run, old), Text(run, replacement), PythonValue.AsInteger(most) ?? -1)
            : throw run.Error("replace needs two texts.");

    private static TemplateText Indent(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "indent", "width", "first", "blank");
        long width = PythonValue.AsInteger(bound[0]) ?? 4;
        run.ChargeText(width, 0);
        TemplateText margin = bound[0] as TemplateText ?? TemplateText.Trusted(new string(' ', (int)Math.Max(0, width)));
        bool indentsFirst = bound[1] is { } first && PythonValue.IsTrue(first);
        bool indentsBlank = bound[2] is { } blank && PythonValue.IsTrue(blank);
        var lines = (TemplateList)TextSplitting.Split(run, Text(run, value), new TemplateArguments([TemplateText.Trusted("\n")], TemplateArguments.None.Named), fromRight: false);
        return TextMethods.Join(run, TemplateText.Trusted("\n"),
        [
            .. lines.Items.Cast<TemplateText>().Select((line, index) => (index == 0 ? indentsFirst : indentsBlank || line.Value.Length > 0)
                ? PythonOperators.Concatenate(run, margin, line)
                : line),
        ]);
    }

    private static TemplateText ToJson(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        int? indent = PythonValue.AsInteger(bound[1]) is { } width ? (int)Math.Clamp(width, 0, 1_000) : null;
        (string item, string key) = bound[2] switch
        {
            TemplateList { Items: [TemplateText first, TemplateText second] } => (first.Value, second.Value),
            null or TemplateNone => (indent is null ? ", " : ",", ": "),
            _ => throw run.Error("tojson needs two separators."),
        };
        if (bound[0] is { } ascii && PythonValue.IsTrue(ascii))
        {
            throw run.Error("tojson writes characters as they are: ensure_ascii cannot be set.");
        }

        return new TemplateJson(run, indent, bound[3] is { } sort && PythonValue.IsTrue(sort), item, key).Write(value);
    }
}
