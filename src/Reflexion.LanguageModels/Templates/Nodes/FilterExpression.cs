namespace Reflexion.LanguageModels;

/// <summary><c>a | name(arguments)</c>.</summary>
internal sealed class FilterExpression(
    TemplatePosition position, TemplateExpression value, Func<TemplateRun, object, TemplateArguments, object> filter, ArgumentsExpression arguments)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object input = value.Evaluate(run);
        TemplateArguments given = arguments.Evaluate(run);
        run.Position = Position;
        return filter(run, input, given);
    }
}
