namespace Reflexion.LanguageModels;

/// <summary>str.split and its kin.</summary>
internal static class TextSplitting
{
    internal static object Split(TemplateRun run, TemplateText text, TemplateArguments arguments, bool fromRight)
    {
        object?[] bound = arguments.Bind(run, "split", "sep", "maxsplit");
        long most = PythonValue.AsInteger(bound[1]) is { } given and >= 0 ? given : long.MaxValue;
        return bound[0] switch
        {
            null or TemplateNone => AtSpaces(run, text, most, fromRight),
            TemplateText { Value.Length: > 0 } separator => AtText(run, text, separator.Value, most, fromRight),
            _ => throw run.Error("split needs a text that is not empty."),
        };
    }

    internal static object Lines(TemplateRun run, TemplateText text, TemplateArguments arguments)
    {
        bool keepsEnds = arguments.Bind(run, "splitlines", "keepends")[0] is { } keep && PythonValue.IsTrue(keep);
        var lines = new List<object>();
        string value = text.Value;
        int start = 0;
        for (int at = 0; at < value.Length; at++)
        {
            if (value[at] is not ('\n' or '\r' or '\v' or '\f' or (>= '\x1C' and <= '\x1E') or '\x85' or '\u2028' or '\u2029'))
            {
                continue;
            }

            int end = at;
            at += value[at] == '\r' && at + 1 < value.Length && value[at + 1] == '\n' ? 1 : 0;
            run.Charge(1);
            lines.Add(text[start..(keepsEnds ? at + 1 : end)]);
            start = at + 1;
        }

        if (start < value.Length)
        {
            lines.Add(text[start..]);
        }

        return new TemplateList(lines);
    }

    internal static object Partition(TemplateRun run, TemplateText text, string separator, bool fromRight)
    {
        if (separator.Length == 0)
        {
            throw run.Error("partition needs a text that is not empty.");
        }

        run.ChargeSearch(text.Value, separator);
        int at = fromRight ? text.Value.LastIndexOf(separator, StringComparison.Ordinal) : text.Value.IndexOf(separator, StringComparison.Ordinal);
        int end = at + separator.Length;
        object[] parts = at >= 0 ? [text[..at], text[at..end], text[end..]]
            : fromRight ? [TemplateText.Empty, TemplateText.Empty, text] : [text, TemplateText.Empty, TemplateText.Empty];
        return new TemplateList(parts, isTuple: true);
    }

    private static TemplateList AtText(TemplateRun run, TemplateText text, string separator, long most, bool fromRight)
    {
        run.ChargeSearch(text.Value, separator);
        var cuts = new List<int>();
        string value = text.Value;
        int at = fromRight ? value.LastIndexOf(separator, StringComparison.Ordinal) : value.IndexOf(separator, StringComparison.Ordinal);
        while (at >= 0 && cuts.Count < most)
        {
            run.Charge(1);
            cuts.Add(at);
            at = fromRight
                ? value.AsSpan(0, at).LastIndexOf(separator, StringComparison.Ordinal)
                : value.IndexOf(separator, at + separator.Length, StringComparison.Ordinal);
        }

        cuts.Sort();
        var parts = new List<TemplateText>();
        int start = 0;
        foreach (int cut in cuts)
        {
            parts.Add(text[start..cut]);
            start = cut + separator.Length;
        }

        parts.Add(text[start..]);
        return new TemplateList(parts);
    }

    private static TemplateList AtSpaces(TemplateRun run, TemplateText text, long most, bool fromRight)
    {
        List<Range> words = Words(run, text.Value);
        if (words.Count <= most)
        {
            return new TemplateList([.. words.Select(word => text[word])]);
        }

        // What is not split stays as it is, with the blanks at its far end.
        int split = (int)most;
        return new TemplateList(fromRight
            ? [text[..words[^(split + 1)].End], .. words.TakeLast(split).Select(word => text[word])]
            : [.. words.Take(split).Select(word => text[word]), text[words[split].Start..]]);
    }

    private static List<Range> Words(TemplateRun run, string text)
    {
        var words = new List<Range>();
        for (int at = 0; (at += PythonText.StartAfterSpace(text.AsSpan(at))) < text.Length;)
        {
            run.Charge(1);
            int start = at;
            while (at < text.Length && !PythonText.IsSpace(text[at]))
            {
                at++;
            }

            words.Add(start..at);
        }

        return words;
    }
}
