namespace Reflexion.LanguageModels;

/// <summary>Which rows of a token stream predict which tokens.</summary>
/// <param name="Rows">The row of each prediction; several may share one.</param>
/// <param name="Targets">The token predicted.</param>
/// <param name="Temperatures">What the logits are divided by.</param>
internal sealed record Predictions(int[] Rows, int[] Targets, double[] Temperatures)
{
    public int Count => Rows.Length;
}
