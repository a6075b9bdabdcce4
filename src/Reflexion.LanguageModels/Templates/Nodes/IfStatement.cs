namespace Reflexion.LanguageModels;

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c>.</summary>
internal sealed class IfStatement(TemplatePosition position, IReadOnlyList<(TemplateExpression Condition, Block Body)> branches, Block? otherwise)
    : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        foreach ((TemplateExpression condition, Block body) in branches)
        {
            if (PythonValue.IsTrue(condition.Evaluate(run)))
            {
                return body.Execute(run);
            }
        }

        return otherwise?.Execute(run) ?? LoopSignal.None;
    }
}
