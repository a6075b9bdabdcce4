namespace Reflexion.LanguageModels;

/// <summary>A text, a number, a truth value or None.</summary>
internal sealed class LiteralExpression(TemplatePosition position, object value) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run) => value;
}
