namespace Reflexion.LanguageModels;

/// <summary><c>a(arguments)</c>.</summary>
internal sealed class CallExpression(TemplatePosition position, TemplateExpression function, ArgumentsExpression arguments) : TemplateExpression(position)
{
    /// <summary>Calls with one more named argument.</summary>
    internal object Call(TemplateRun run, string name, object value)
    {
        TemplateArguments given = arguments.Evaluate(run);
        return Call(run, given with { Named = new Dictionary<string, object>(given.Named, StringComparer.Ordinal) { [name] = value } });
    }

    private protected override object Compute(TemplateRun run) => Call(run, arguments.Evaluate(run));

    private object Call(TemplateRun run, TemplateArguments given)
    {
        object callee = function.Evaluate(run);
        run.Position = Position;
        return callee switch
        {
            TemplateFunction callable => callable.Call(run, given),
            TemplateUndefined undefined => throw run.Error(undefined.Complaint),
            _ => throw run.Error($"A value of type {PythonValue.TypeName(callee)} cannot be called."),
        };
    }
}
