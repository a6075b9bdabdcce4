namespace Reflexion.LanguageModels;

/// <summary><c>a &lt; b &lt;= c</c>, <c>a in b</c>.</summary>
internal sealed class ComparisonExpression(TemplatePosition position, TemplateExpression first, IReadOnlyList<(string Sign, TemplateExpression Operand)> rest)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object left = first.Evaluate(run);
        foreach ((string sign, TemplateExpression operand) in rest)
        {
            object right = operand.Evaluate(run);
            run.Position = Position;
            if (!PythonOperators.Compare(run, sign, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}
