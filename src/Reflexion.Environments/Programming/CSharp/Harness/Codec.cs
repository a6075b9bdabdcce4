using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Values as JSON. Both sides know the types from the signature, so none are named; what is read are values of the platform's own types.</summary>
internal static class Codec
{
    private const int MaxDepth = 60;
    private const int MaxItems = 1_000_000;

    internal static bool CanChange(object? value) => value is IEnumerable and not string;

    internal static void Write(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidOperationException("the value is nested too deeply to be passed on");
        }

        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case double or float:
                json.WriteStringValue(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                json.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case Enum:
                json.WriteStringValue(Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
            case IFormattable when IsScalar(value.GetType()):
                json.WriteStringValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case char or System.Text.StringBuilder:
                json.WriteStringValue(value.ToString());
                break;
            case ITuple tuple:
                json.WriteStartArray();
                for (int i = 0; i < tuple.Length; i++)
                {
                    Write(json, tuple[i], depth + 1);
                }

                json.WriteEndArray();
                break;
            case Array { Rank: > 1 } grid:
                WriteGrid(json, grid, depth);
                break;
            case IEnumerable items:
                WriteItems(json, items, depth);
                break;
            default:
                WriteOther(json, value, depth);
                break;
        }
    }

    internal static object? Read(JsonElement json, Type type)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(object) ? ReadAny(json)
            : type == typeof(bool) ? json.GetBoolean()
            : IsText(type) ? Parse(json.GetString()!, type)
            : type.IsArray ? ReadArray(json, type)
            : type.IsAssignableTo(typeof(ITuple)) || IsPair(type) ? ReadTuple(json, type)
            : type.IsAssignableTo(typeof(IEnumerable)) ? Collections.Read(json, type)
            : throw new NotSupportedException($"a value of type {type} cannot cross between a test and a program");
    }

    private static bool IsScalar(Type type) => type.IsPrimitive || type == typeof(decimal) || type == typeof(BigInteger) || type == typeof(Int128)
        || type == typeof(UInt128) || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(Complex);

    private static bool IsText(Type type) => IsScalar(type) || type.IsEnum || type == typeof(string) || type == typeof(System.Text.StringBuilder)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly);

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static object Parse(string text, Type type)
    {
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(char))
        {
            return text[0];
        }

        if (type == typeof(System.Text.StringBuilder))
        {
            return new System.Text.StringBuilder(text);
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, long.Parse(text, CultureInfo.InvariantCulture));
        }

        if (type == typeof(DateTime))
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        }

        MethodInfo parse = type.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)])!;
        return parse.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text, CultureInfo.InvariantCulture], null)!;
    }

    private static object ReadAny(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Object => new Opaque(json.GetProperty("opaque").GetString()!),
        _ => Collections.Read(json, typeof(List<object>)),
    };

    private static Array ReadArray(JsonElement json, Type type)
    {
        Type item = type.GetElementType()!;
        if (type.GetArrayRank() > 1)
        {
            return ReadGrid(json, item);
        }

        Array array = Array.CreateInstance(item, json.GetArrayLength());
        int at = 0;
        foreach (JsonElement value in json.EnumerateArray())
        {
            array.SetValue(Read(value, item), at++);
        }

        return array;
    }

    private static object ReadTuple(JsonElement json, Type type)
    {
        Type[] types = type.GetGenericArguments();
        object?[] parts = new object?[types.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Read(json[i], types[i]);
        }

        return Activator.CreateInstance(type, parts)!;
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items, int depth)
    {
        json.WriteStartArray();
        int count = 0;
        foreach (object? item in items)
        {
            if (++count > MaxItems)
            {
                throw new InvalidOperationException($"the sequence has more than {MaxItems} items");
            }

            Write(json, item, depth + 1);
            if (json.BytesPending > 1 << 16)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteGrid(Utf8JsonWriter json, Array grid, int depth)
    {
        json.WriteStartArray();
        for (int i = 0; i < grid.Rank; i++)
        {
            Write(json, grid.GetLength(i), depth + 1);
        }

        WriteItems(json, grid, depth + 1);
        json.WriteEndArray();
    }

    private static Array ReadGrid(JsonElement json, Type item)
    {
        int[] lengths = new int[json.GetArrayLength() - 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = (int)Read(json[i], typeof(int))!;
        }

        Array grid = Array.CreateInstance(item, lengths);
        int[] at = new int[lengths.Length];
        foreach (JsonElement value in json[lengths.Length].EnumerateArray())
        {
            grid.SetValue(Read(value, item), at);
            for (int i = at.Length - 1; i >= 0 && ++at[i] == lengths[i]; i--)
            {
                at[i] = 0;
            }
        }

        return grid;
    }

    private static void WriteOther(Utf8JsonWriter json, object value, int depth)
    {
        if (IsPair(value.GetType()))
        {
            json.WriteStartArray();
            Write(json, value.GetType().GetProperty("Key")!.GetValue(value), depth + 1);
            Write(json, value.GetType().GetProperty("Value")!.GetValue(value), depth + 1);
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject();
        json.WriteString("opaque", Show.Clip(value.ToString() ?? ""));
        json.WriteEndObject();
    }
}
