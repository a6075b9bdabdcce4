using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Filters over lists and what can be gone through like one.</summary>
internal static class SequenceFilters
{
    internal static ImmutableDictionary<string, Func<TemplateRun, object, TemplateArguments, object>> All { get; } =
        new Dictionary<string, Func<TemplateRun, object, TemplateArguments, object>>
        {
            ["join"] = Join,
            ["list"] = (run, value, _) => new TemplateList(PythonValue.Items(run, value)),
            ["first"] = (run, value, _) => PythonValue.Items(run, value) is [var first, ..] ? first : new TemplateUndefined("There is no first item."),
            ["last"] = (run, value, _) => PythonValue.Items(run, value) is [.., var last] ? last : new TemplateUndefined("There is no last item."),
            ["reverse"] = Reverse,
            ["items"] = (run, value, _) => value is TemplateUndefined ? new TemplateList([])
                : MapMethods.Items(run, value as TemplateMap ?? throw run.Error("items needs a dictionary."), TemplateArguments.None),
            ["dictsort"] = (run, value, _) => new TemplateList(
                [.. Sorted(run, (value as TemplateMap ?? throw run.Error("dictsort needs a dictionary.")).Items.Select(item => (object)new TemplateList([item.Key, item.Value], isTuple: true)), false, false, "0")]),
            ["sort"] = Sort,
            ["unique"] = Unique,
            ["min"] = (run, value, _) => Sorted(run, PythonValue.Items(run, value), false, false, null) is [var least, ..] ? least : new TemplateUndefined("There is no least item."),
            ["max"] = (run, value, _) => Sorted(run, PythonValue.Items(run, value), true, false, null) is [var most, ..] ? most : new TemplateUndefined("There is no greatest item."),
            ["sum"] = (run, value, _) => PythonValue.Items(run, value).Aggregate((object)0L, (sum, item) => PythonOperators.Apply(run, "+", sum, item)),
            ["map"] = Map,
            ["select"] = (run, value, arguments) => Select(run, value, arguments, true, false),
            ["reject"] = (run, value, arguments) => Select(run, value, arguments, false, false),
            ["selectattr"] = (run, value, arguments) => Select(run, value, arguments, true, true),
            ["rejectattr"] = (run, value, arguments) => Select(run, value, arguments, false, true),
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private static TemplateText Join(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "join", "d", "attribute");
        IEnumerable<object> items = PythonValue.Items(run, value);
        if (bound[1] is TemplateText attribute)
        {
            items = items.Select(item => Path(run, item, attribute.Value));
        }

        return TextMethods.Join(run, PythonValue.ToText(run, bound[0] ?? TemplateText.Empty), [.. items.Select(item => PythonValue.ToText(run, item))]);
    }

    private static object Reverse(TemplateRun run, object value, TemplateArguments arguments)
    {
        IReadOnlyList<object> reversed = [.. PythonValue.Items(run, value).Reverse()];
        return value is TemplateText ? TextMethods.Join(run, TemplateText.Empty, [.. reversed.Cast<TemplateText>()]) : new TemplateList(reversed);
    }

    private static TemplateList Sort(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "sort", "reverse", "case_sensitive", "attribute");
        return new TemplateList(Sorted(run, PythonValue.Items(run, value), IsSet(bound[0]), IsSet(bound[1]), (bound[2] as TemplateText)?.Value));
    }

    private static TemplateList Unique(TemplateRun run, object value, TemplateArguments arguments)
    {
        bool caseSensitive = IsSet(arguments.Bind(run, "unique", "case_sensitive")[0]);
        var kept = new List<object>();
        foreach (object item in PythonValue.Items(run, value))
        {
            if (!kept.Exists(other => PythonValue.AreEqual(run, Folded(item, caseSensitive), Folded(other, caseSensitive))))
            {
                kept.Add(item);
            }
        }

        return new TemplateList(kept);
    }

    private static TemplateList Map(TemplateRun run, object value, TemplateArguments arguments)
    {
        IReadOnlyList<object> items = ItemsIfAny(run, value);
        if (arguments is { Positional: [], Named: var named } && named.TryGetValue("attribute", out object? attribute))
        {
            object? fallback = named.GetValueOrDefault("default");
            string path = PythonValue.ToText(run, attribute).Value;
            return new TemplateList([.. items.Select(item => Path(run, item, path, fallback))]);
        }

        string name = arguments.Positional is [TemplateText first, ..] ? first.Value : throw run.Error("map needs a filter's name, or attribute=.");
        Func<TemplateRun, object, TemplateArguments, object> filter = TemplateFilters.Find(name) ?? throw run.Error($"There is no filter '{name}'.");
        TemplateArguments rest = arguments with { Positional = [.. arguments.Positional.Skip(1)] };
        return new TemplateList([.. items.Select(item => filter(run, item, rest))]);
    }

    private static TemplateList Select(TemplateRun run, object value, TemplateArguments arguments, bool keeps, bool ofAttribute)
    {
        Queue<object> given = new(arguments.Positional);
        string? path = null;
        if (ofAttribute)
        {
            path = given.TryDequeue(out object? attribute) ? PythonValue.ToText(run, attribute).Value : throw run.Error("The filter needs an attribute's name.");
        }

        Func<TemplateRun, object, TemplateArguments, bool> test = (_, item, _) => PythonValue.IsTrue(item);
        if (given.TryDequeue(out object? name))
        {
            string text = PythonValue.ToText(run, name).Value;
            test = TemplateTests.Find(text) ?? throw run.Error($"There is no test '{text}'.");
        }

        TemplateArguments rest = arguments with { Positional = [.. given] };
        return new TemplateList([.. ItemsIfAny(run, value).Where(item => test(run, path is null ? item : Path(run, item, path), rest) == keeps)]);
    }

    // Python's lazy filters take anything that is false for an empty list.
    private static IReadOnlyList<object> ItemsIfAny(TemplateRun run, object value) => PythonValue.IsTrue(value) ? PythonValue.Items(run, value) : [];

    private static bool IsSet(object? value) => value is not null && PythonValue.IsTrue(value);

    private static object Folded(object value, bool caseSensitive) =>
        value is TemplateText text && !caseSensitive ? text.Derive(text.Value.ToLowerInvariant()) : value;

    private static object[] Sorted(TemplateRun run, IEnumerable<object> items, bool reversed, bool caseSensitive, string? path)
    {
        // By attributes, Python compares lists of them: only what is not equal needs an order.
        Comparer<object> order = Comparer<object>.Create((one, other) => path is not null && PythonValue.AreEqual(run, one, other) ? 0 : PythonValue.Compare(run, one, other));
        Func<object, object> key = item => Folded(path is null ? item : Path(run, item, path), caseSensitive);
        try
        {
            return reversed ? [.. items.OrderByDescending(key, order)] : [.. items.OrderBy(key, order)];
        }
        catch (InvalidOperationException wrapped) when (wrapped.InnerException is ChatTemplateException refusal)
        {
            throw run.Error(refusal.Problem);
        }
    }

    /// <summary>The attribute at the end of a path like <c>function.name</c> or <c>0.name</c>; the fallback stands for each that is missing.</summary>
    private static object Path(TemplateRun run, object value, string path, object? fallback = null)
    {
        foreach (string name in path.Split('.'))
        {
            object key = long.TryParse(name, out long index) ? index : TemplateText.Trusted(name);
            value = PythonMembers.Item(run, value, key) ?? PythonMembers.Attribute(run, value, name) ?? fallback ?? PythonMembers.Missing(value, name);
        }

        return value;
    }
}
