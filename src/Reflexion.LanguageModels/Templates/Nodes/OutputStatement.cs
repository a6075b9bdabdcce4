namespace Reflexion.LanguageModels;

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class OutputStatement(TemplatePosition position, TemplateExpression value) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        TemplateText text = PythonValue.ToText(run, value.Evaluate(run));
        run.Position = Position;
        run.Output.Append(text);
        return LoopSignal.None;
    }
}
