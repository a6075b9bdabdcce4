namespace Reflexion.LanguageModels;

/// <summary>Stands for a value that is known only when the template runs, under a name that no template can write.</summary>
internal sealed class HeldExpression(TemplatePosition position) : TemplateExpression(position)
{
    private const string Name = "(held)";

    /// <summary>Evaluates an expression in which one of these stands for a value.</summary>
    internal static object With(TemplateRun run, object value, TemplateExpression expression)
    {
        var scope = new TemplateScope(run.Scope);
        scope.Set(Name, value);
        return run.Within(scope, () => expression.Evaluate(run));
    }

    private protected override object Compute(TemplateRun run) => run.Scope.TryGet(Name, out object? value)
        ? value
        : throw run.Error("Nothing is held here.");
}
