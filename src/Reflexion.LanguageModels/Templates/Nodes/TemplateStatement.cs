namespace Reflexion.LanguageModels;

/// <summary>A part of a template that does something.</summary>
/// <param name="position">Where it stands.</param>
internal abstract class TemplateStatement(TemplatePosition position)
{
    internal TemplatePosition Position { get; } = position;

    internal LoopSignal Execute(TemplateRun run)
    {
        run.Step(Position);
        return Do(run);
    }

    private protected abstract LoopSignal Do(TemplateRun run);
}
