namespace Reflexion.LanguageModels;

/// <summary>What a template sees as <c>loop</c>.</summary>
internal sealed class TemplateLoop(IReadOnlyList<object> items)
{
    private object? _last;

    internal int Index { get; set; }

    /// <summary>A field or a method; null where there is none of that name.</summary>
    internal object? Find(string name) => name switch
    {
        "index" => Index + 1L,
        "index0" => (long)Index,
        "revindex" => (long)items.Count - Index,
        "revindex0" => items.Count - Index - 1L,
        "first" => Index == 0,
        "last" => Index == items.Count - 1,
        "length" => (long)items.Count,
        "depth" => 1L,
        "depth0" => 0L,
        "previtem" => Index > 0 ? items[Index - 1] : new TemplateUndefined("There is no previous item."),
        "nextitem" => Index < items.Count - 1 ? items[Index + 1] : new TemplateUndefined("There is no next item."),
        "cycle" => new TemplateFunction("cycle", Cycle),
        "changed" => new TemplateFunction("changed", (run, arguments) => Changed(run, arguments)),
        _ => null,
    };

    private object Cycle(TemplateRun run, TemplateArguments arguments) => arguments.Positional.Count > 0
        ? arguments.Positional[Index % arguments.Positional.Count]
        : throw run.Error("cycle needs values.");

    private bool Changed(TemplateRun run, TemplateArguments arguments)
    {
        var now = new TemplateList(arguments.Positional);
        bool changed = _last is null || !PythonValue.AreEqual(run, _last, now);
        _last = now;
        return changed;
    }
}
