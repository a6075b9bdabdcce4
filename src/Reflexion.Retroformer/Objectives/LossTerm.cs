namespace Reflexion.Retroformer;

/// <summary>What one term added to a loss. Sums of terms describe a batch that was computed in parts; the default is nothing yet.</summary>
/// <param name="Loss">The loss, coefficient and scale included.</param>
/// <param name="Total">The sum over tokens or samples of what is measured, without coefficient and scale.</param>
/// <param name="Count">Tokens or samples.</param>
public readonly record struct LossTerm(double Loss, double Total, int Count)
{
    /// <summary>What is measured, by token or sample; 0 of none.</summary>
    public double Mean => Count == 0 ? 0 : Total / Count;

    /// <summary>Both together.</summary>
    public static LossTerm operator +(LossTerm left, LossTerm right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static LossTerm Add(LossTerm left, LossTerm right) => new(left.Loss + right.Loss, left.Total + right.Total, left.Count + right.Count);
}
