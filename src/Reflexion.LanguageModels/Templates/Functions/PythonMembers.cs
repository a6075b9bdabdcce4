namespace Reflexion.LanguageModels;

/// <summary>Attributes, items and slices of values.</summary>
internal static class PythonMembers
{
    /// <summary>The attribute of that name, or null.</summary>
    internal static object? Attribute(TemplateRun run, object value, string name) => value switch
    {
        TemplateText text => TextMethods.Find(text, name),
        TemplateMap map => MapMethods.Find(map, name),
        TemplateList list => ListMethods.Find(list, name),
        TemplateNamespace fields => fields.Fields.GetValueOrDefault(name),
        TemplateLoop loop => loop.Find(name),
        TemplateUndefined undefined => throw run.Error(undefined.Complaint),
        _ => null,
    };

    /// <summary>The item under that key, or null.</summary>
    internal static object? Item(TemplateRun run, object value, object key)
    {
        switch (value)
        {
            case TemplateMap map:
                run.ChargeReading((key as TemplateText)?.Value ?? "");
                return map.TryGet(key, out object? item) ? item : null;
            case TemplateList list when PythonValue.AsInteger(key) is { } index:
                index += index < 0 ? list.Items.Count : 0;
                return index >= 0 && index < list.Items.Count ? list.Items[(int)index] : null;
            case TemplateText text when PythonValue.AsInteger(key) is { } index:
                return Character(run, text, index);
            case TemplateUndefined undefined:
                throw run.Error(undefined.Complaint);
            default:
                return null;
        }
    }

    /// <summary>What stands for a member that is missing.</summary>
    internal static TemplateUndefined Missing(object value, string name) =>
        new($"A value of type {PythonValue.TypeName(value)} has no member '{name}'.");

    internal static object Slice(TemplateRun run, object value, long? start, long? stop, long step)
    {
        switch (value)
        {
            case TemplateList list:
                run.ChargeItems(list.Items.Count);
                return new TemplateList([.. Indices(list.Items.Count, start, stop, step).Select(index => list.Items[index])], list.IsTuple);
            case TemplateText text:
                run.ChargeText(text.Value.Length, text.Value.Length);
                int[] offsets = PythonText.Offsets(text.Value);
                return Slice(run, text, offsets, start, stop, step);
            case TemplateUndefined undefined:
                throw run.Error(undefined.Complaint);
            default:
                throw run.Error($"A value of type {PythonValue.TypeName(value)} cannot be sliced.");
        }
    }

    private static TemplateText Slice(TemplateRun run, TemplateText text, int[] offsets, long? start, long? stop, long step)
    {
        int[] indices = [.. Indices(offsets.Length - 1, start, stop, step)];
        if (step == 1)
        {
            return indices is [] ? TemplateText.Empty : text[offsets[indices[0]]..offsets[indices[^1] + 1]];
        }

        var builder = new TextBuilder(run);
        foreach (int index in indices)
        {
            builder.Append(text[offsets[index]..offsets[index + 1]]);
        }

        return builder.Build();
    }

    private static IEnumerable<int> Indices(int length, long? start, long? stop, long step)
    {
        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? length : length - 1;
        long from = start is { } first ? Math.Clamp(first < 0 ? first + length : first, lowest, highest) : step > 0 ? 0 : length - 1;
        long to = stop is { } last ? Math.Clamp(last < 0 ? last + length : last, lowest, highest) : step > 0 ? length : -1;
        step = Math.Clamp(step, -int.MaxValue, int.MaxValue);
        for (long index = from; step > 0 ? index < to : index > to; index += step)
        {
            yield return (int)index;
        }
    }

    private static TemplateText? Character(TemplateRun run, TemplateText text, long index)
    {
        run.ChargeReading(text.Value);
        int[] offsets = PythonText.Offsets(text.Value);
        index += index < 0 ? offsets.Length - 1 : 0;
        return index >= 0 && index < offsets.Length - 1 ? text[offsets[index]..offsets[index + 1]] : null;
    }
}
