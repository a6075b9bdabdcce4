namespace Reflexion.LanguageModels;

/// <summary><c>{% with name = value %} … {% endwith %}</c>: names for a part of the template. Without names, a part as it stands (<c>generation</c>).</summary>
internal sealed class WithStatement(TemplatePosition position, IReadOnlyList<(AssignmentTarget Target, TemplateExpression Value)> names, Block body)
    : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        var scope = new TemplateScope(run.Scope);
        foreach ((AssignmentTarget target, TemplateExpression value) in names)
        {
            target.Assign(run, scope, value.Evaluate(run));
        }

        return run.Within(scope, () => body.Execute(run));
    }
}
