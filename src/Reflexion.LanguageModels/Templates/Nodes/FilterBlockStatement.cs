namespace Reflexion.LanguageModels;

/// <summary><c>{% filter upper %} … {% endfilter %}</c>.</summary>
internal sealed class FilterBlockStatement(TemplatePosition position, Block body, TemplateExpression filtered) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        object text = run.Within(new TemplateScope(run.Scope), () => run.Capture(() => body.Execute(run)));
        run.Output.Append(PythonValue.ToText(run, HeldExpression.With(run, text, filtered)));
        return LoopSignal.None;
    }
}
