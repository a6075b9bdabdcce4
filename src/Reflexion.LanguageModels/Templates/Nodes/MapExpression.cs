namespace Reflexion.LanguageModels;

/// <summary><c>{key: value}</c>.</summary>
internal sealed class MapExpression(TemplatePosition position, IReadOnlyList<(TemplateExpression Key, TemplateExpression Value)> items)
    : TemplateExpression(position)
{
    private protected override object Compute(TemplateRun run)
    {
        var map = new TemplateMap();
        foreach ((TemplateExpression keyExpression, TemplateExpression value) in items)
        {
            object key = keyExpression.Evaluate(run);
            if (!TemplateKeyComparer.IsKey(key))
            {
                throw run.Error($"A value of type {PythonValue.TypeName(key)} cannot be a key.");
            }

            run.ChargeReading((key as TemplateText)?.Value ?? "");
            map.Set(key, value.Evaluate(run));
        }

        return map;
    }
}
