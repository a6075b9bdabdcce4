using System.Text;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>Python's json.dumps as chat templates use it (ensure_ascii off), and JSON as values.</summary>
internal sealed class TemplateJson(TemplateRun run, int? indent, bool sortKeys, bool asciiOnly, string itemSeparator, string keySeparator)
{
    private readonly TextBuilder _builder = new(run);

    internal TemplateText Write(object value)
    {
        Write(value, 0);
        return _builder.Build();
    }

    /// <summary>The value that JSON stands for; its texts are not trusted.</summary>
    internal static object Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TemplateText.Untrusted(WellFormed.Utf16(element.GetString()!)),
        JsonValueKind.Number => element.TryGetInt64(out long number) ? (object)number : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => new TemplateList([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => element.EnumerateObject().Aggregate(
            new TemplateMap(), (map, property) => map.Set(TemplateText.Untrusted(WellFormed.Utf16(property.Name)), Read(property.Value))),
        _ => TemplateNone.Instance,
    };

    private string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' or > '~' when asciiOnly || character < ' ' => quoted.Append($"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Float(double number) => double.IsFinite(number) ? PythonText.Float(number)
        : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private void Write(object value, int depth)
    {
        run.Step(run.Position);
        switch (value)
        {
            case TemplateText text:
                run.ChargeText(text.Value.Length, text.Value.Length);
                _builder.AppendDerived(text, Quote(text.Value));
                break;
            case TemplateList list:
                WriteItems('[', ']', list.Items, depth, item => Write(item, depth + 1));
                break;
            case TemplateMap map:
                IEnumerable<KeyValuePair<object, object>> items = sortKeys
                    ? map.Items.Order(Comparer<KeyValuePair<object, object>>.Create((one, other) => PythonValue.Compare(run, one.Key, other.Key)))
                    : map.Items;
                WriteItems('{', '}', [.. items], depth, item => WriteProperty(item, depth));
                break;
            default:
                _builder.AppendTrusted(Scalar(value));
                break;
        }
    }

    private void WriteProperty(KeyValuePair<object, object> item, int depth)
    {
        Write(item.Key is TemplateText ? item.Key : TemplateText.Trusted(Scalar(item.Key)), depth);
        _builder.AppendTrusted(keySeparator);
        Write(item.Value, depth + 1);
    }

    private string Scalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        long number => PythonValue.Integer(number),
        double number => Float(number),
        TemplateNone => "null",
        _ => throw run.Error($"A value of type {PythonValue.TypeName(value)} cannot be written as JSON."),
    };

    private void WriteItems<T>(char open, char close, IReadOnlyList<T> items, int depth, Action<T> write)
    {
        _builder.AppendTrusted(open.ToString());
        for (int i = 0; i < items.Count; i++)
        {
            _builder.AppendTrusted(i > 0 ? itemSeparator : "");
            BreakLine(depth + 1);
            write(items[i]);
        }

        if (items.Count > 0)
        {
            BreakLine(depth);
        }

        _builder.AppendTrusted(close.ToString());
    }

    private void BreakLine(int depth)
    {
        if (indent is { } width)
        {
            run.ChargeText((long)width * depth, 0);
            _builder.AppendTrusted($"\n{new string(' ', width * depth)}");
        }
    }
}
