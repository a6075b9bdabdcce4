namespace Reflexion.LanguageModels;

/// <summary>A variable.</summary>
internal sealed class NameExpression(TemplatePosition position, string name) : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run) =>
        run.Scope.TryGet(name, out object? value) ? value : new TemplateUndefined($"'{name}' is not defined.");
}
