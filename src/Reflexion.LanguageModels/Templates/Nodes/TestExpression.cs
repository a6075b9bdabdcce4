namespace Reflexion.LanguageModels;

/// <summary><c>a is name(arguments)</c>.</summary>
internal sealed class TestExpression(
    TemplatePosition position, TemplateExpression value, Func<TemplateRun, object, TemplateArguments, bool> test, ArgumentsExpression arguments)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object input = value.Evaluate(run);
        TemplateArguments given = arguments.Evaluate(run);
        run.Position = Position;
        return test(run, input, given);
    }
}
