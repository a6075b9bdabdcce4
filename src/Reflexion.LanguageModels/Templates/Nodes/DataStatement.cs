namespace Reflexion.LanguageModels;

/// <summary>Writes text as it stands in the template.</summary>
internal sealed class DataStatement(TemplatePosition position, string text) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        run.Output.AppendTrusted(text);
        return LoopSignal.None;
    }
}
