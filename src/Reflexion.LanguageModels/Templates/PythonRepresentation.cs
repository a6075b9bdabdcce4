namespace Reflexion.LanguageModels;

/// <summary>Python's repr().</summary>
internal static class PythonRepresentation
{
    internal static void Write(TemplateRun run, TextBuilder builder, object value)
    {
        run.Step(run.Position);
        switch (value)
        {
            case TemplateText text:
                builder.AppendDerived(text, PythonText.Quote(text.Value));
                break;
            case bool flag:
                builder.AppendTrusted(flag ? "True" : "False");
                break;
            case long number:
                builder.AppendTrusted(PythonValue.Integer(number));
                break;
            case double number:
                builder.AppendTrusted(PythonText.Float(number));
                break;
            case TemplateNone:
                builder.AppendTrusted("None");
                break;
            case TemplateList list:
                WriteList(run, builder, list);
                break;
            case TemplateMap map:
                WriteMap(run, builder, map);
                break;
            default:
                builder.AppendTrusted(value is TemplateUndefined ? "Undefined" : $"<{PythonValue.TypeName(value)}>");
                break;
        }
    }

    private static void WriteList(TemplateRun run, TextBuilder builder, TemplateList list)
    {
        builder.AppendTrusted(list.IsTuple ? "(" : "[");
        for (int i = 0; i < list.Items.Count; i++)
        {
            builder.AppendTrusted(i > 0 ? ", " : "");
            Write(run, builder, list.Items[i]);
        }

        builder.AppendTrusted(!list.IsTuple ? "]" : list.Items.Count == 1 ? ",)" : ")");
    }

    private static void WriteMap(TemplateRun run, TextBuilder builder, TemplateMap map)
    {
        string separator = "{";
        foreach ((object key, object value) in map.Items)
        {
            builder.AppendTrusted(separator);
            Write(run, builder, key);
            builder.AppendTrusted(": ");
            Write(run, builder, value);
            separator = ", ";
        }

        builder.AppendTrusted(map.Count == 0 ? "{}" : "}");
    }
}
