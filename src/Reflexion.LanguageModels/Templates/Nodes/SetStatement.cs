namespace Reflexion.LanguageModels;

/// <summary><c>{% set name = value %}</c>.</summary>
internal sealed class SetStatement(TemplatePosition position, AssignmentTarget target, TemplateExpression value) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        target.Assign(run, run.Scope, value.Evaluate(run));
        return LoopSignal.None;
    }
}
