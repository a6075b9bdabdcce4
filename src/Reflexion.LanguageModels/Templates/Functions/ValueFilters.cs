using System.Collections.Immutable;
using System.Globalization;

namespace Reflexion.LanguageModels;

/// <summary>Filters over values of any kind, and numbers.</summary>
internal static class ValueFilters
{
    internal static ImmutableDictionary<string, Func<TemplateRun, object, TemplateArguments, object>> All { get; } =
        new Dictionary<string, Func<TemplateRun, object, TemplateArguments, object>>
        {
            ["default"] = Default,
            ["d"] = Default,
            ["length"] = (run, value, _) => PythonValue.Length(run, value),
            ["count"] = (run, value, _) => PythonValue.Length(run, value),
            ["int"] = Integer,
            ["float"] = Float,
            ["abs"] = (run, value, _) => PythonOperators.Compare(run, "<", value, 0L) ? PythonOperators.Negate(run, value) : value,
            ["round"] = (run, value, arguments) => Round(run, value, arguments),
            ["attr"] = (run, value, arguments) => arguments.Bind(run, "attr", "name")[0] is TemplateText name
                ? PythonMembers.Attribute(run, value, name.Value) ?? PythonMembers.Missing(value, name.Value)
                : throw run.Error("attr needs a name."),
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private static object Default(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "default", "default_value", "boolean");
        bool isMissing = value is TemplateUndefined || (bound[1] is { } alsoFalse && PythonValue.IsTrue(alsoFalse) && !PythonValue.IsTrue(value));
        return isMissing ? bound[0] ?? TemplateText.Empty : value;
    }

    private static object Integer(TemplateRun run, object value, TemplateArguments arguments)
    {
        object fallback = arguments.Bind(run, "int", "default")[0] ?? 0L;
        return value switch
        {
            double number => double.IsFinite(number) && Math.Abs(number) < 9e18 ? (long)number : fallback,
            TemplateText text when long.TryParse(Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            TemplateText text when double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && Math.Abs(number) < 9e18 => (long)number,
            _ => PythonValue.AsInteger(value) ?? fallback,
        };
    }

    private static object Float(TemplateRun run, object value, TemplateArguments arguments)
    {
        object fallback = arguments.Bind(run, "float", "default")[0] ?? 0.0;
        return value is TemplateText text
            ? double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : fallback
            : PythonValue.AsDouble(value) ?? fallback;
    }

    private static string Digits(TemplateText text) => TextMethods.Trim(text).Value;

    private static double Round(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "round", "precision", "method");
        double number = PythonValue.AsDouble(value) ?? throw run.Error("round needs a number.");
        double scale = Math.Pow(10, Math.Clamp(PythonValue.AsInteger(bound[0]) ?? 0, 0, 15));
        return (bound[1] as TemplateText)?.Value switch
        {
            null or "common" => Math.Round(number, (int)Math.Log10(scale), MidpointRounding.ToEven),
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            string method => throw run.Error($"round knows common, ceil and floor, not '{method}'."),
        };
    }
}
