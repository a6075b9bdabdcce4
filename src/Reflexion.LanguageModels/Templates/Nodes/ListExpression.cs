namespace Reflexion.LanguageModels;

/// <summary><c>[a, b]</c> or <c>(a, b)</c>.</summary>
internal sealed class ListExpression(TemplatePosition position, IReadOnlyList<TemplateExpression> items, bool isTuple) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run) => new TemplateList([.. items.Select(item => item.Evaluate(run))], isTuple);
}
