namespace Reflexion.LanguageModels;

/// <summary><c>a[key]</c>: an item, else an attribute.</summary>
internal sealed class ItemExpression(TemplatePosition position, TemplateExpression holder, TemplateExpression key) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object value = holder.Evaluate(run);
        object sought = key.Evaluate(run);
        run.Position = Position;
        return PythonMembers.Item(run, value, sought)
            ?? (sought is TemplateText name ? PythonMembers.Attribute(run, value, name.Value) : null)
            ?? PythonMembers.Missing(value, PythonValue.ToText(run, sought).Value);
    }
}
