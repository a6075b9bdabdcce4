namespace Reflexion.LanguageModels;

/// <summary><c>a[start:stop:step]</c>.</summary>
internal sealed class SliceExpression(
    TemplatePosition position, TemplateExpression holder, TemplateExpression? start, TemplateExpression? stop, TemplateExpression? step)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object value = holder.Evaluate(run);
        long? from = Bound(run, start);
        long? to = Bound(run, stop);
        long by = Bound(run, step) ?? 1;
        run.Position = Position;
        if (by == 0)
        {
            throw run.Error("A slice's step cannot be zero.");
        }

        return PythonMembers.Slice(run, value, from, to, by);
    }

    private long? Bound(TemplateRun run, TemplateExpression? bound)
    {
        object? value = bound?.Evaluate(run);
        run.Position = Position;
        return value is null or TemplateNone
            ? null
            : PythonValue.AsInteger(value) ?? throw run.Error($"A slice's bound cannot be of type {PythonValue.TypeName(value)}.");
    }
}
