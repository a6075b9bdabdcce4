using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>What can stand behind <c>is</c>.</summary>
internal static class TemplateTests
{
    private static readonly FrozenDictionary<string, Func<TemplateRun, object, TemplateArguments, bool>> Tests =
        new Dictionary<string, Func<TemplateRun, object, TemplateArguments, bool>>
        {
            ["defined"] = (_, value, _) => value is not TemplateUndefined,
            ["undefined"] = (_, value, _) => value is TemplateUndefined,
            ["none"] = (_, value, _) => value is TemplateNone,
            ["string"] = (_, value, _) => value is TemplateText,
            ["number"] = (_, value, _) => PythonValue.IsNumber(value),
            ["integer"] = (_, value, _) => value is long,
            ["float"] = (_, value, _) => value is double,
            ["boolean"] = (_, value, _) => value is bool,
            ["true"] = (_, value, _) => value is true,
            ["false"] = (_, value, _) => value is false,
            ["mapping"] = (_, value, _) => value is TemplateMap,
            ["iterable"] = (_, value, _) => value is TemplateText or TemplateList or TemplateMap or TemplateUndefined,
            ["sequence"] = (_, value, _) => value is TemplateText or TemplateList or TemplateMap or TemplateUndefined,
            ["callable"] = (_, value, _) => value is TemplateFunction,
            ["odd"] = (run, value, _) => Remainder(run, value, 2L) is 1L or 1.0,
            ["even"] = (run, value, _) => Remainder(run, value, 2L) is 0L or 0.0,
            ["divisibleby"] = (run, value, arguments) => Remainder(run, value, One(run, arguments)) is 0L or 0.0,
            ["lower"] = (run, value, _) => Text(run, value) is var text && text.Any(char.IsLower) && !text.Any(char.IsUpper),
            ["upper"] = (run, value, _) => Text(run, value) is var text && text.Any(char.IsUpper) && !text.Any(char.IsLower),
            ["sameas"] = (run, value, arguments) => IsSame(value, One(run, arguments)),
            ["in"] = Comparing("in"),
            ["=="] = Comparing("=="),
            ["eq"] = Comparing("=="),
            ["equalto"] = Comparing("=="),
            ["!="] = Comparing("!="),
            ["ne"] = Comparing("!="),
            ["<"] = Comparing("<"),
            ["lt"] = Comparing("<"),
            ["lessthan"] = Comparing("<"),
            ["<="] = Comparing("<="),
            ["le"] = Comparing("<="),
            [">"] = Comparing(">"),
            ["gt"] = Comparing(">"),
            ["greaterthan"] = Comparing(">"),
            [">="] = Comparing(">="),
            ["ge"] = Comparing(">="),
            ["filter"] = (run, value, _) => TemplateFilters.Find(PythonValue.ToText(run, value).Value) is not null,
            ["test"] = (run, value, _) => Find(PythonValue.ToText(run, value).Value) is not null,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static Func<TemplateRun, object, TemplateArguments, bool>? Find(string name) => Tests.GetValueOrDefault(name);

    private static Func<TemplateRun, object, TemplateArguments, bool> Comparing(string sign) =>
        (run, value, arguments) => PythonOperators.Compare(run, sign, value, One(run, arguments));

    private static object One(TemplateRun run, TemplateArguments arguments) =>
        arguments.Bind(run, "the test", "other")[0] ?? throw run.Error("The test needs a value to compare with.");

    private static string Text(TemplateRun run, object value)
    {
        string text = PythonValue.ToText(run, value).Value;
        run.ChargeReading(text);
        return text;
    }

    private static object Remainder(TemplateRun run, object value, object divisor) => PythonOperators.Apply(run, "%", value, divisor);

    private static bool IsSame(object one, object other) => ReferenceEquals(one, other) || (one, other) switch
    {
        (bool left, bool right) => left == right,
        (long left, long right) => left == right,
        _ => false,
    };
}
