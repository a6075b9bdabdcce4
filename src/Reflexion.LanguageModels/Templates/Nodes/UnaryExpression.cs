namespace Reflexion.LanguageModels;

/// <summary><c>not a</c>, <c>-a</c> or <c>+a</c>.</summary>
internal sealed class UnaryExpression(TemplatePosition position, string sign, TemplateExpression operand) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object value = operand.Evaluate(run);
        run.Position = Position;
        return sign switch
        {
            "not" => !PythonValue.IsTrue(value),
            "-" => PythonOperators.Negate(run, value),
            _ => PythonOperators.Plus(run, value),
        };
    }
}
