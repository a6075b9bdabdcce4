using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Filters that make text of text.</summary>
internal static class TextFilters
{
    internal static ImmutableDictionary<string, Func<TemplateRun, object, TemplateArguments, object>> All { get; } =
        new Dictionary<string, Func<TemplateRun, object, TemplateArguments, object>>
        {
            ["trim"] = Trim,
            ["upper"] = (run, value, _) => Map(run, value, PythonText.Upper),
            ["lower"] = (run, value, _) => Map(run, value, text => text.ToLowerInvariant()),
            ["title"] = (run, value, _) => Map(run, value, JinjaTitle),
            ["capitalize"] = (run, value, _) => Map(run, value, text => PythonText.Title(text, everyWord: false)),
            ["string"] = (run, value, _) => PythonValue.ToText(run, value),
            ["safe"] = (run, value, _) => PythonValue.ToText(run, value),
            ["replace"] = Replace,
            ["indent"] = Indent,
            ["wordcount"] = (run, value, _) => CountWords(Text(run, value).Value),
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

    // Unlike str.title: a word begins after a blank, a hyphen or an opening bracket only.
    private static string JinjaTitle(string text)
    {
        char[] letters = text.ToCharArray();
        bool begins = true;
        for (int i = 0; i < letters.Length; i++)
        {
            bool separates = letters[i] is '-' or '(' or '{' or '[' or '<' || PythonText.IsSpace(letters[i]);
            letters[i] = begins ? char.ToUpperInvariant(letters[i]) : char.ToLowerInvariant(letters[i]);
            begins = separates;
        }

        return new string(letters);
    }

    private static long CountWords(string text)
    {
        long count = 0;
        bool isInside = false;
        foreach (char character in text)
        {
            bool belongs = char.IsLetterOrDigit(character) || char.IsNumber(character) || character == '_';
            count += belongs && !isInside ? 1 : 0;
            isInside = belongs;
        }

        return count;
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
        TemplateText text = value as TemplateText ?? throw run.Error($"indent needs a text, not {PythonValue.TypeName(value)}.");
        object?[] bound = arguments.Bind(run, "indent", "width", "first", "blank");
        long width = PythonValue.AsInteger(bound[0]) ?? 4;
        run.ChargeText(width, 0);
        TemplateText margin = bound[0] as TemplateText ?? TemplateText.Trusted(new string(' ', (int)Math.Max(0, width)));
        bool indentsFirst = bound[1] is { } first && PythonValue.IsTrue(first);
        bool indentsBlank = bound[2] is { } blank && PythonValue.IsTrue(blank);
        TemplateText ended = PythonOperators.Concatenate(run, text, TemplateText.Trusted("\n"));
        var lines = (TemplateList)TextSplitting.Lines(run, ended, TemplateArguments.None);
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
        bool asciiOnly = bound[0] is { } ascii && PythonValue.IsTrue(ascii);
        bool sortsKeys = bound[3] is { } sort && PythonValue.IsTrue(sort);
        return new TemplateJson(run, indent, sortsKeys, asciiOnly, item, key).Write(value);
    }
}
