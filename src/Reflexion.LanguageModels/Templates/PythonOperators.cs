namespace Reflexion.LanguageModels;

/// <summary>Python's operators.</summary>
internal static class PythonOperators
{
    /// <exception cref="ChatTemplateException">The operator does not go with the values.</exception>
    internal static object Apply(TemplateRun run, string sign, object left, object right) => (sign, left, right) switch
    {
        ("~", _, _) => Concatenate(run, PythonValue.ToText(run, left), PythonValue.ToText(run, right)),
        ("+", TemplateText one, TemplateText other) => Concatenate(run, one, other),
        ("+", TemplateList one, TemplateList other) when one.IsTuple == other.IsTuple => Concatenate(run, one, other),
        ("*", TemplateText text, _) when PythonValue.AsInteger(right) is { } times => Repeat(run, text, times),
        ("*", _, TemplateText text) when PythonValue.AsInteger(left) is { } times => Repeat(run, text, times),
        ("*", TemplateList list, _) when PythonValue.AsInteger(right) is { } times => Repeat(run, list, times),
        ("*", _, TemplateList list) when PythonValue.AsInteger(left) is { } times => Repeat(run, list, times),
        _ when left is TemplateUndefined undefined => throw run.Error(undefined.Complaint),
        _ when right is TemplateUndefined undefined => throw run.Error(undefined.Complaint),
        _ when PythonValue.AsInteger(left) is { } one && PythonValue.AsInteger(right) is { } other => Integers(run, sign, one, other),
        _ when PythonValue.AsDouble(left) is { } one && PythonValue.AsDouble(right) is { } other => Floats(run, sign, one, other),
        _ => throw run.Error($"'{sign}' does not go with {PythonValue.TypeName(left)} and {PythonValue.TypeName(right)}."),
    };

    internal static bool Compare(TemplateRun run, string sign, object left, object right) => sign switch
    {
        "==" => PythonValue.AreEqual(run, left, right),
        "!=" => !PythonValue.AreEqual(run, left, right),
        "in" => Contains(run, right, left),
        "not in" => !Contains(run, right, left),
        _ when left is double.NaN || right is double.NaN => false,
        "<" => PythonValue.Compare(run, left, right) < 0,
        "<=" => PythonValue.Compare(run, left, right) <= 0,
        ">" => PythonValue.Compare(run, left, right) > 0,
        _ => PythonValue.Compare(run, left, right) >= 0,
    };

    internal static object Negate(TemplateRun run, object value) => value switch
    {
        double number => (object)(-number),
        _ when PythonValue.AsInteger(value) is { } number && number != long.MinValue => -number,
        _ => throw run.Error($"A value of type {PythonValue.TypeName(value)} has no negative."),
    };

    internal static object Plus(TemplateRun run, object value) => value switch
    {
        double => value,
        _ => PythonValue.AsInteger(value) ?? throw run.Error($"A value of type {PythonValue.TypeName(value)} is no number."),
    };

    internal static TemplateText Concatenate(TemplateRun run, TemplateText one, TemplateText other) =>
        one.Value.Length == 0 ? other
        : other.Value.Length == 0 ? one
        : new TextBuilder(run).Append(one).Append(other).Build();

    private static bool Contains(TemplateRun run, object whole, object part)
    {
        if (whole is TemplateText text)
        {
            TemplateText sought = part as TemplateText ?? throw run.Error($"A text cannot hold a value of type {PythonValue.TypeName(part)}.");
            run.ChargeSearch(text.Value, sought.Value);
            return text.Value.Contains(sought.Value, StringComparison.Ordinal);
        }

        if (whole is TemplateMap && (part is TemplateMap or TemplateList { IsTuple: false }))
        {
            throw run.Error($"A value of type {PythonValue.TypeName(part)} cannot be a key.");
        }

        return whole is TemplateMap
            ? PythonMembers.Item(run, whole, part) is not null
            : PythonValue.Items(run, whole).Any(item => PythonValue.AreEqual(run, item, part));
    }

    private static TemplateList Concatenate(TemplateRun run, TemplateList one, TemplateList other)
    {
        run.ChargeItems((long)one.Items.Count + other.Items.Count);
        return new TemplateList([.. one.Items, .. other.Items], one.IsTuple);
    }

    private static TemplateText Repeat(TemplateRun run, TemplateText text, long times)
    {
        times = text.Value.Length == 0 ? 0 : Math.Max(0, times);
        run.ChargeText(times > run.Options.MaxLength ? long.MaxValue : text.Value.Length * times, 0);
        var builder = new TextBuilder(run);
        for (long i = 0; i < times; i++)
        {
            run.Charge(1);
            builder.Append(text);
        }

        return builder.Build();
    }

    private static TemplateList Repeat(TemplateRun run, TemplateList list, long times)
    {
        times = list.Items.Count == 0 ? 0 : Math.Max(0, times);
        run.ChargeItems(times > int.MaxValue ? long.MaxValue : list.Items.Count * times);
        return new TemplateList([.. Enumerable.Repeat(list.Items, (int)times).SelectMany(items => items)], list.IsTuple);
    }

    private static object Integers(TemplateRun run, string sign, long left, long right)
    {
        RefuseZero(run, right == 0 && (sign is "/" or "//" or "%"));
        try
        {
            return sign switch
            {
                "+" => (object)checked(left + right),
                "-" => checked(left - right),
                "*" => checked(left * right),
                "//" => FloorDivide(left, right),
                "%" => right == -1 ? 0L : left % right is var rest && rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest,
                "**" when right >= 0 => Power(left, right),
                "**" => Math.Pow(left, right),
                _ => (double)left / right,
            };
        }
        catch (OverflowException)
        {
            throw run.Error($"{left} {sign} {right} is beyond 64 bits.");
        }
    }

    private static long FloorDivide(long left, long right)
    {
        long quotient = checked(left / right);
        return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    private static double Remainder(double left, double right)
    {
        double rest = left % right;
        return rest == 0 ? Math.CopySign(0, right) : (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static double FloorDivide(double left, double right)
    {
        double exact = (left - Remainder(left, right)) / right;
        double floor = Math.Floor(exact);
        return exact - floor > 0.5 ? floor + 1 : floor;
    }

    private static long Power(long value, long exponent)
    {
        if (value is 0 or 1 or -1)
        {
            return exponent == 0 || (value == -1 && exponent % 2 == 0) ? 1 : value;
        }

        long power = 1;
        for (long i = 0; i < exponent; i++)
        {
            power = checked(power * value);
        }

        return power;
    }

    private static double Floats(TemplateRun run, string sign, double left, double right)
    {
        RefuseZero(run, right == 0 && (sign is "/" or "//" or "%"));
        return sign switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => left / right,
            "//" => FloorDivide(left, right),
            "%" => Remainder(left, right),
            _ => Math.Pow(left, right),
        };
    }

    private static void RefuseZero(TemplateRun run, bool isZero)
    {
        if (isZero)
        {
            throw run.Error("Division by zero.");
        }
    }
}
