namespace Reflexion.LanguageModels;

/// <summary>A part of a template that has a value.</summary>
/// <param name="position">Where it stands.</param>
internal abstract class TemplateExpression(TemplatePosition position)
{
    internal TemplatePosition Position { get; } = position;

    internal object Evaluate(TemplateRun run)
    {
        run.Step(Position);
        return Compute(run);
    }

    private protected abstract object Compute(TemplateRun run);
}
