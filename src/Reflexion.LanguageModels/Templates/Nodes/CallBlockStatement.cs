namespace Reflexion.LanguageModels;

/// <summary><c>{% call macro() %} … {% endcall %}</c>: the macro writes the body where it calls <c>caller()</c>.</summary>
internal sealed class CallBlockStatement(TemplatePosition position, CallExpression call, MacroStatement body) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        object text = call.Call(run, "caller", body.Define(run.Scope));
        run.Output.Append(PythonValue.ToText(run, text));
        return LoopSignal.None;
    }
}
