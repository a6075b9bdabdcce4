using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>The methods of str.</summary>
internal static class TextMethods
{
    private delegate object Method(TemplateRun run, TemplateText text, TemplateArguments arguments);

    private static readonly FrozenDictionary<string, Method> Methods = new Dictionary<string, Method>
    {
        ["strip"] = (run, text, arguments) => Strip(run, text, arguments, left: true, right: true),
        ["lstrip"] = (run, text, arguments) => Strip(run, text, arguments, left: true, right: false),
        ["rstrip"] = (run, text, arguments) => Strip(run, text, arguments, left: false, right: true),
        ["startswith"] = (run, text, arguments) => Affixes(run, arguments).Any(affix => text.Value.StartsWith(affix, StringComparison.Ordinal)),
        ["endswith"] = (run, text, arguments) => Affixes(run, arguments).Any(affix => text.Value.EndsWith(affix, StringComparison.Ordinal)),
        ["removeprefix"] = (run, text, arguments) => One(run, arguments).Value is var affix && text.Value.StartsWith(affix, StringComparison.Ordinal) ? text[affix.Length..] : text,
        ["removesuffix"] = (run, text, arguments) => One(run, arguments).Value is var affix && text.Value.EndsWith(affix, StringComparison.Ordinal) ? text[..^affix.Length] : text,
        ["split"] = (run, text, arguments) => TextSplitting.Split(run, text, arguments, fromRight: false),
        ["rsplit"] = (run, text, arguments) => TextSplitting.Split(run, text, arguments, fromRight: true),
        ["splitlines"] = TextSplitting.Lines,
        ["partition"] = (run, text, arguments) => TextSplitting.Partition(run, text, One(run, arguments).Value, fromRight: false),
        ["rpartition"] = (run, text, arguments) => TextSplitting.Partition(run, text, One(run, arguments).Value, fromRight: true),
        ["join"] = (run, text, arguments) => Join(run, text, arguments),
        ["replace"] = Replace,
        ["find"] = (run, text, arguments) => CodePointAt(text, text.Value.IndexOf(Sought(run, text, arguments), StringComparison.Ordinal)),
        ["rfind"] = (run, text, arguments) => CodePointAt(text, text.Value.LastIndexOf(Sought(run, text, arguments), StringComparison.Ordinal)),
        ["count"] = (run, text, arguments) => Count(text.Value, Sought(run, text, arguments)),
        ["upper"] = (run, text, arguments) => Map(run, text, arguments, PythonText.Upper),
        ["lower"] = (run, text, arguments) => Map(run, text, arguments, value => value.ToLowerInvariant()),
        ["casefold"] = (run, text, arguments) => Map(run, text, arguments, value => value.ToLowerInvariant()),
        ["title"] = (run, text, arguments) => Map(run, text, arguments, value => PythonText.Title(value, everyWord: true)),
        ["capitalize"] = (run, text, arguments) => Map(run, text, arguments, value => PythonText.Title(value, everyWord: false)),
        ["isdigit"] = (_, text, _) => All(text, char.IsDigit),
        ["isnumeric"] = (_, text, _) => All(text, char.IsNumber),
        ["isalpha"] = (_, text, _) => All(text, char.IsLetter),
        ["isalnum"] = (_, text, _) => All(text, character => char.IsLetter(character) || char.IsNumber(character)),
        ["isspace"] = (_, text, _) => All(text, PythonText.IsSpace),
        ["isupper"] = (_, text, _) => text.Value.Any(char.IsUpper) && !text.Value.Any(char.IsLower),
        ["islower"] = (_, text, _) => text.Value.Any(char.IsLower) && !text.Value.Any(char.IsUpper),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static TemplateFunction? Find(TemplateText text, string name) => Methods.TryGetValue(name, out Method? method)
        ? new TemplateFunction(name, (run, arguments) => Call(run, text, method, arguments))
        : null;

    /// <summary>The text without white space at its ends.</summary>
    internal static TemplateText Trim(TemplateText text, bool left = true, bool right = true)
    {
        int end = right ? PythonText.EndWithoutSpace(text.Value) : text.Value.Length;
        int start = left ? Math.Min(end, PythonText.StartAfterSpace(text.Value)) : 0;
        return text[start..end];
    }

    /// <summary>The text without certain characters at its ends.</summary>
    internal static TemplateText Trim(TemplateText text, string characters, bool left = true, bool right = true)
    {
        int end = right ? text.Value.AsSpan().TrimEnd(characters).Length : text.Value.Length;
        int start = left ? Math.Min(end, text.Value.Length - text.Value.AsSpan().TrimStart(characters).Length) : 0;
        return text[start..end];
    }

    internal static TemplateText Join(TemplateRun run, TemplateText separator, IReadOnlyList<TemplateText> parts)
    {
        var builder = new TextBuilder(run);
        for (int i = 0; i < parts.Count; i++)
        {
            builder.Append(i > 0 ? separator : TemplateText.Empty).Append(parts[i]);
        }

        return builder.Build();
    }

    internal static TemplateText Replace(TemplateRun run, TemplateText text, TemplateText old, TemplateText replacement, long most)
    {
        if (old.Value.Length == 0)
        {
            throw run.Error("replace needs a text to look for.");
        }

        run.ChargeSearch(text.Value, old.Value);
        var builder = new TextBuilder(run);
        int from = 0;
        for (int at; most != 0 && (at = text.Value.IndexOf(old.Value, from, StringComparison.Ordinal)) >= 0; most--)
        {
            run.Charge(1);
            builder.Append(text[from..at]).Append(replacement);
            from = at + old.Value.Length;
        }

        return builder.Append(text[from..]).Build();
    }

    private static object Call(TemplateRun run, TemplateText text, Method method, TemplateArguments arguments)
    {
        run.ChargeText(text.Value.Length, text.Value.Length);
        return method(run, text, arguments);
    }

    private static TemplateText One(TemplateRun run, TemplateArguments arguments) =>
        arguments.Bind(run, "the method", "text")[0] as TemplateText ?? throw run.Error("The method needs one text.");

    private static string Sought(TemplateRun run, TemplateText text, TemplateArguments arguments)
    {
        string sought = One(run, arguments).Value;
        run.ChargeSearch(text.Value, sought);
        return sought;
    }

    private static IEnumerable<string> Affixes(TemplateRun run, TemplateArguments arguments) => arguments.Bind(run, "the method", "affix")[0] switch
    {
        TemplateText affix => [affix.Value],
        TemplateList { IsTuple: true } affixes when affixes.Items.All(item => item is TemplateText) => affixes.Items.Select(item => ((TemplateText)item).Value),
        _ => throw run.Error("The method needs a text, or several in parentheses."),
    };

    private static TemplateText Strip(TemplateRun run, TemplateText text, TemplateArguments arguments, bool left, bool right) =>
        arguments.Bind(run, "strip", "chars")[0] switch
        {
            TemplateText characters => Trim(text, characters.Value, left, right),
            null or TemplateNone => Trim(text, left, right),
            _ => throw run.Error("strip needs the characters as a text."),
        };

    private static TemplateText Join(TemplateRun run, TemplateText separator, TemplateArguments arguments)
    {
        object items = arguments.Bind(run, "join", "iterable")[0] ?? throw run.Error("join needs a list.");
        return Join(run, separator, [.. PythonValue.Items(run, items).Select(item =>
            item as TemplateText ?? throw run.Error($"join needs texts, not {PythonValue.TypeName(item)}."))]);
    }

    private static TemplateText Replace(TemplateRun run, TemplateText text, TemplateArguments arguments) =>
        arguments.Bind(run, "replace", "old", "new", "count") is [TemplateText old, TemplateText replacement, var most]
            ? Replace(run, text, old, replacement, PythonValue.AsInteger(most) ?? -1)
            : throw run.Error("replace needs two texts.");

    private static TemplateText Map(TemplateRun run, TemplateText text, TemplateArguments arguments, Func<string, string> map)
    {
        arguments.Bind(run, "the method");
        return text.Derive(map(text.Value));
    }

    private static long CodePointAt(TemplateText text, int offset) => offset < 0 ? -1 : PythonText.Length(text.Value[..offset]);

    private static long Count(string text, string sought)
    {
        if (sought.Length == 0)
        {
            return PythonText.Length(text) + 1L;
        }

        long count = 0;
        for (int at = 0; (at = text.IndexOf(sought, at, StringComparison.Ordinal)) >= 0; at += sought.Length)
        {
            count++;
        }

        return count;
    }

    private static bool All(TemplateText text, Func<char, bool> holds) => text.Value.Length > 0 && text.Value.All(holds);
}
