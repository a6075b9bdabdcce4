namespace Reflexion.LanguageModels;

/// <summary><c>{% macro name(parameter, other=default) %} … {% endmacro %}</c>.</summary>
internal sealed class MacroStatement(
    TemplatePosition position, string name, IReadOnlyList<(string Name, TemplateExpression? Default)> parameters, Block body)
    : TemplateStatement(position)
{
    internal TemplateFunction Define(TemplateScope scope) => new(name, (run, arguments) => Call(run, scope, arguments));

    private protected override LoopSignal Do(TemplateRun run)
    {
        run.Scope.Set(name, Define(run.Scope));
        return LoopSignal.None;
    }

    private TemplateText Call(TemplateRun run, TemplateScope definedIn, TemplateArguments arguments)
    {
        run.EnsureStack();
        var scope = new TemplateScope(definedIn);
        Dictionary<string, object> named = new(arguments.Named, StringComparer.Ordinal);
        if (named.Remove("caller", out object? caller))
        {
            scope.Set("caller", caller);
        }

        object?[] bound = (arguments with { Named = named }).Bind(run, name, [.. parameters.Select(parameter => parameter.Name)]);
        return run.Within(scope, () =>
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                (string parameter, TemplateExpression? fallback) = parameters[i];
                scope.Set(parameter, bound[i] ?? fallback?.Evaluate(run) ?? new TemplateUndefined($"The parameter '{parameter}' was not given."));
            }

            return run.Capture(() => body.Execute(run));
        });
    }
}
