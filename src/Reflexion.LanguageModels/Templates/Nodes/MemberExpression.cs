namespace Reflexion.LanguageModels;

/// <summary><c>a.name</c>: an attribute, else an item.</summary>
internal sealed class MemberExpression(TemplatePosition position, TemplateExpression holder, string name) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object value = holder.Evaluate(run);
        run.Position = Position;
        return PythonMembers.Attribute(run, value, name)
            ?? PythonMembers.Item(run, value, TemplateText.Trusted(name))
            ?? PythonMembers.Missing(value, name);
    }
}
