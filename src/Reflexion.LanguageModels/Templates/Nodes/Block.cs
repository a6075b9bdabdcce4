namespace Reflexion.LanguageModels;

/// <summary>Statements one after the other.</summary>
internal sealed class Block(TemplatePosition position, IReadOnlyList<TemplateStatement> statements) : TemplateStatement(position)
{
    private protected override LoopSignal Do(TemplateRun run)
    {
        foreach (TemplateStatement statement in statements)
        {
            LoopSignal signal = statement.Execute(run);
            if (signal != LoopSignal.None)
            {
                return signal;
            }
        }

        return LoopSignal.None;
    }
}
