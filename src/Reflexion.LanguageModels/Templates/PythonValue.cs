using System.Globalization;

namespace Reflexion.LanguageModels;

/// <summary>What Python says of values: truth, equality, order, length, items, text.</summary>
internal static class PythonValue
{
    internal static string TypeName(object value) => value switch
    {
        TemplateText => "str",
        bool => "bool",
        long => "int",
        double => "float",
        TemplateList { IsTuple: true } => "tuple",
        TemplateList => "list",
        TemplateMap => "dict",
        TemplateNone => "NoneType",
        TemplateUndefined => "Undefined",
        TemplateNamespace => "Namespace",
        TemplateLoop => "LoopContext",
        _ => "function",
    };

    internal static bool IsTrue(object value) => value switch
    {
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        TemplateText text => text.Value.Length > 0,
        TemplateList list => list.Items.Count > 0,
        TemplateMap map => map.Count > 0,
        TemplateNone or TemplateUndefined => false,
        _ => true,
    };

    internal static bool AreEqual(TemplateRun run, object one, object other)
    {
        Ask(run, one);
        if (ReferenceEquals(one, other))
        {
            return one is not double.NaN;
        }

        return (one, other) switch
        {
            (TemplateText left, TemplateText right) => left.Value == right.Value,
            (TemplateUndefined, TemplateUndefined) => true,
            (TemplateList left, TemplateList right) => left.IsTuple == right.IsTuple && left.Items.Count == right.Items.Count
                && left.Items.Zip(right.Items).All(pair => AreEqual(run, pair.First, pair.Second)),
            (TemplateMap left, TemplateMap right) => left.Count == right.Count
                && left.Items.All(item => right.TryGet(item.Key, out object? value) && AreEqual(run, item.Value, value)),
            _ when IsNumber(one) && IsNumber(other) => CompareNumbers(one, other) == 0,
            _ => false,
        };
    }

    /// <exception cref="ChatTemplateException">The values have no order.</exception>
    internal static int Compare(TemplateRun run, object one, object other)
    {
        Ask(run, one);
        return (one, other) switch
        {
            (TemplateText left, TemplateText right) => PythonText.Compare(left.Value, right.Value),
            (TemplateList left, TemplateList right) when left.IsTuple == right.IsTuple => CompareItems(run, left.Items, right.Items),
            _ when IsNumber(one) && IsNumber(other) => CompareNumbers(one, other),
            _ => throw run.Error($"{TypeName(one)} and {TypeName(other)} have no order."),
        };
    }

    /// <summary>The value as a number; null where it is none.</summary>
    internal static long? AsInteger(object? value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => null,
    };

    internal static double? AsDouble(object? value) => value is double number ? number : AsInteger(value);

    internal static bool IsNumber(object value) => value is long or double or bool;

    /// <exception cref="ChatTemplateException">The value has no length.</exception>
    internal static long Length(TemplateRun run, object value) => value switch
    {
        TemplateText text => LengthOf(run, text.Value),
        TemplateList list => list.Items.Count,
        TemplateMap map => map.Count,
        TemplateUndefined => 0,
        _ => throw run.Error($"A value of type {TypeName(value)} has no length."),
    };

    /// <summary>What a loop over the value meets.</summary>
    /// <exception cref="ChatTemplateException">The value has no items.</exception>
    internal static IReadOnlyList<object> Items(TemplateRun run, object value)
    {
        switch (value)
        {
            case TemplateList list:
                return list.Items;
            case TemplateUndefined:
                return [];
            case TemplateMap map:
                run.ChargeItems(map.Count);
                return [.. map.Keys];
            case TemplateText text:
                run.ChargeItems(text.Value.Length);
                int[] offsets = PythonText.Offsets(text.Value);
                return [.. Enumerable.Range(0, offsets.Length - 1).Select(i => text[offsets[i]..offsets[i + 1]])];
            default:
                throw run.Error($"A value of type {TypeName(value)} has no items to go through.");
        }
    }

    /// <summary>str().</summary>
    internal static TemplateText ToText(TemplateRun run, object value)
    {
        if (value is TemplateText text)
        {
            return text;
        }

        var builder = new TextBuilder(run);
        PythonRepresentation.Write(run, builder, value);
        return value is TemplateUndefined ? TemplateText.Empty : builder.Build();
    }

    internal static string Integer(long number) => number.ToString(CultureInfo.InvariantCulture);

    // A comparison is a step, and reads a text no further than one of the two goes.
    private static void Ask(TemplateRun run, object value)
    {
        run.Step(run.Position);
        if (value is TemplateText text)
        {
            run.ChargeReading(text.Value);
        }
    }

    private static long LengthOf(TemplateRun run, string text)
    {
        run.ChargeReading(text);
        return PythonText.Length(text);
    }

    private static int CompareNumbers(object one, object other) => AsInteger(one) is { } left && AsInteger(other) is { } right
        ? left.CompareTo(right)
        : AsDouble(one)!.Value is double first && AsDouble(other)!.Value is double second && first < second ? -1
        : AsDouble(one)!.Value.Equals(AsDouble(other)!.Value) ? 0 : 1;

    private static int CompareItems(TemplateRun run, IReadOnlyList<object> one, IReadOnlyList<object> other)
    {
        for (int i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            if (!AreEqual(run, one[i], other[i]))
            {
                return Compare(run, one[i], other[i]);
            }
        }

        return one.Count.CompareTo(other.Count);
    }
}
