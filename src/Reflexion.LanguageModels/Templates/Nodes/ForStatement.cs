namespace Reflexion.LanguageModels;

/// <summary><c>{% for target in items if condition %} … {% else %} … {% endfor %}</c>.</summary>
internal sealed class ForStatement(
    TemplatePosition position, AssignmentTarget target, TemplateExpression items, TemplateExpression? condition, Block body, Block? otherwise)
    : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        object source = items.Evaluate(run);
        run.Position = Position;
        IReadOnlyList<object> all = PythonValue.Items(run, source);
        if (condition is not null)
        {
            all = [.. all.Where(item => Passes(run, item))];
        }

        if (all.Count == 0)
        {
            return otherwise is null ? LoopSignal.None : run.Within(new TemplateScope(run.Scope), () => otherwise.Execute(run));
        }

        var loop = new TemplateLoop(all);
        LoopSignal signal = LoopSignal.None;
        for (int index = 0; index < all.Count && signal != LoopSignal.Break; index++)
        {
            loop.Index = index;
            TemplateScope scope = Bind(run, all[index]);
            scope.Set("loop", loop);
            signal = run.Within(scope, () => body.Execute(run));
        }

        return LoopSignal.None;
    }

    private TemplateScope Bind(TemplateRun run, object item)
    {
        var scope = new TemplateScope(run.Scope);
        target.Assign(run, scope, item);
        return scope;
    }

    private bool Passes(TemplateRun run, object item) => run.Within(Bind(run, item), () => PythonValue.IsTrue(condition!.Evaluate(run)));
}
