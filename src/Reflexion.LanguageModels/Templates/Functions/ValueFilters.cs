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
            ["abs"] = (run, value, _) => PythonOperators.Compare(run, "<", value, 0L)
                ? PythonOperators.Negate(run, value)
                : PythonOperators.Plus(run, value),
            ["round"] = Round,
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
            TemplateUndefined undefined => throw run.Error(undefined.Complaint),
            double number when Math.Abs(number) < 9e18 => (long)number,
            double number when double.IsFinite(number) => throw run.Error($"{PythonText.Float(number)} is beyond 64 bits."),
            TemplateText text when long.TryParse(Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            TemplateText text when double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && Math.Abs(number) < 9e18 => (long)number,
            _ => PythonValue.AsInteger(value) ?? fallback,
        };
    }

    private static object Float(TemplateRun run, object value, TemplateArguments arguments)
    {
        object fallback = arguments.Bind(run, "float", "default")[0] ?? 0.0;
        if (value is TemplateUndefined undefined)
        {
            throw run.Error(undefined.Complaint);
        }

        return value is TemplateText text
            ? double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : fallback
            : PythonValue.AsDouble(value) ?? fallback;
    }

    private static string Digits(TemplateText text) => TextMethods.Trim(text).Value;

    private static object Round(TemplateRun run, object value, TemplateArguments arguments)
    {
        object?[] bound = arguments.Bind(run, "round", "precision", "method");
        double number = PythonValue.AsDouble(value) ?? throw run.Error("round needs a number.");
        int digits = (int)Math.Clamp(PythonValue.AsInteger(bound[0]) ?? 0, 0, 15);
        double scale = Math.Pow(10, digits);
        string method = (bound[1] as TemplateText)?.Value ?? "common";
        if (method == "common" && PythonValue.AsInteger(value) is { } whole)
        {
            return whole;
        }

        return method switch
        {
            "common" => RoundHalfEven(number, digits, scale),
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            _ => throw run.Error($"round knows common, ceil and floor, not '{method}'."),
        };
    }

    // As Python does, by the number's exact value: 2.675 lies below the half, 0.125 lies on it and goes to the even side.
    private static double RoundHalfEven(double number, int digits, double scale)
    {
        double scaled = number * scale;
        bool isExact = Math.FusedMultiplyAdd(number, scale, -scaled) == 0;
        return isExact
            ? Math.Round(scaled, MidpointRounding.ToEven) / scale
            : double.Parse(number.ToString($"F{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
