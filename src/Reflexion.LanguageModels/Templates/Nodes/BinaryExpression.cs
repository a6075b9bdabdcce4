namespace Reflexion.LanguageModels;

/// <summary><c>a + b</c> and its kin.</summary>
internal sealed class BinaryExpression(TemplatePosition position, string sign, TemplateExpression left, TemplateExpression right) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        object first = left.Evaluate(run);
        object second = right.Evaluate(run);
        run.Position = Position;
        return PythonOperators.Apply(run, sign, first, second);
    }
}
