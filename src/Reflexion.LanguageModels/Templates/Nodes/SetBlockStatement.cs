namespace Reflexion.LanguageModels;

/// <summary><c>{% set name %} … {% endset %}</c>, also with filters.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="target">What gets the text.</param>
/// <param name="body">What writes the text.</param>
/// <param name="filtered">The filters, over a <see cref="HeldExpression"/>; or null.</param>
internal sealed class SetBlockStatement(TemplatePosition position, AssignmentTarget target, Block body, TemplateExpression? filtered)
    : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        object text = run.Within(new TemplateScope(run.Scope), () => run.Capture(() => body.Execute(run)));
        target.Assign(run, run.Scope, filtered is null ? text : HeldExpression.With(run, text, filtered));
        return LoopSignal.None;
    }
}
