namespace Reflexion.Retroformer;

/// <summary>One advantage for all tokens of a response, or one for each.</summary>
internal readonly ref struct TokenAdvantages
{
    private readonly ReadOnlySpan<double> _each;
    private readonly double _all;

    public TokenAdvantages(double advantage)
    {
        ObjectiveArguments.Finite(advantage);
        _all = advantage;
    }

    public TokenAdvantages(ReadOnlySpan<double> advantages, int tokens)
    {
        ObjectiveArguments.Finite(advantages);
        ObjectiveArguments.SameLength(tokens, advantages.Length, nameof(advantages));
        _each = advantages;
    }

    public double this[int token] => _each.IsEmpty ? _all : _each[token];
}
