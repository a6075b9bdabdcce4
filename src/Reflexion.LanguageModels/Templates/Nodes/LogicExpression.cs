namespace Reflexion.LanguageModels;

/// <summary><c>a and b</c>, <c>a or b</c>: one of the two values.</summary>
internal sealed class LogicExpression(TemplatePosition position, bool isAnd, TemplateExpression left, TemplateExpression right) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object first = left.Evaluate(run);
        return PythonValue.IsTrue(first) == isAnd ? right.Evaluate(run) : first;
    }
}
