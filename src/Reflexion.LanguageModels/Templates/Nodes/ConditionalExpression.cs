namespace Reflexion.LanguageModels;

/// <summary><c>a if condition else b</c>.</summary>
internal sealed class ConditionalExpression(TemplatePosition position, TemplateExpression then, TemplateExpression condition, TemplateExpression? otherwise)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run) =>
        PythonValue.IsTrue(condition.Evaluate(run)) ? then.Evaluate(run)
        : otherwise?.Evaluate(run) ?? new TemplateUndefined("The condition does not hold, and there is no else.");
}
