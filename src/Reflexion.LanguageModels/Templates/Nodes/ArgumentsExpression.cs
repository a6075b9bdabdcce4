namespace Reflexion.LanguageModels;

/// <summary>The arguments of a call as they are written.</summary>
/// <param name="Positional">In order.</param>
/// <param name="Named">By name.</param>
internal sealed record ArgumentsExpression(IReadOnlyList<TemplateExpression> Positional, IReadOnlyList<(string Name, TemplateExpression Value)> Named)
{
    internal static readonly ArgumentsExpression None = new([], []);

    internal TemplateArguments Evaluate(TemplateRun run)
    {
        object[] positional = [.. Positional.Select(argument => argument.Evaluate(run))];
        var named = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, TemplateExpression value) in Named)
        {
            named[name] = value.Evaluate(run);
        }

        return new TemplateArguments(positional, named);
    }
}
