namespace Reflexion.LanguageModels;

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class SignalStatement(TemplatePosition position, LoopSignal signal) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run) => signal;
}
