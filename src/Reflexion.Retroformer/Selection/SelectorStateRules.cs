namespace Reflexion.Retroformer;

/// <summary>What must hold of a state, wherever it comes from.</summary>
internal static class SelectorStateRules
{
    // Larger ones come from no learning, and their scores would overflow.
    private const double MaxWeight = 1e6;

    /// <exception cref="ArgumentException">Something does not hold; the message says what.</exception>
    internal static SelectorState Check(SelectorState state)
    {
        int features = state.Features.IsDefault ? 0 : state.Features.Length;
        Require(features > 0 && state.Features.Distinct(StringComparer.Ordinal).Count(name => !string.IsNullOrWhiteSpace(name)) == features, "Features need names, each of its own.");
        Require(state.Policy.Weights.Length == features && state.Candidate.Weights.Length == features, "Each policy needs a weight for each feature.");
        Require(state.Policy.Weights.Concat(state.Candidate.Weights).All(weight => Math.Abs(weight) <= MaxWeight), $"A weight is beyond {MaxWeight}.");
        Require(!state.Coefficients.IsDefault && state.Coefficients.Length == features && state.Coefficients.All(double.IsFinite), "The reward model needs a finite coefficient for each feature.");
        Require(!state.Covariance.IsDefault && IsCovariance([.. state.Covariance], features), "The reward model's covariance must be a square of the features, symmetric and positive definite.");
        Require(state.HeldOut.Concat(state.Open).All(decision => decision.Arms.FeatureCount == features), "Every decision needs arms of as many features as the policies.");
        Require(state.HeldOut.All(decision => decision.Reward is not null) && state.Open.All(decision => decision.Reward is null), "Held-out decisions have rewards, and open ones have none.");
        return state;
    }

    // Cholesky's decomposition exists for just these.
    private static bool IsCovariance(double[] matrix, int size)
    {
        if (matrix.Length != size * size || !matrix.All(double.IsFinite))
        {
            return false;
        }

        double[] root = new double[matrix.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i * size + j] - ShortVector.Dot(root.AsSpan(i * size, j), root.AsSpan(j * size, j));
                if (Math.Abs(matrix[i * size + j] - matrix[j * size + i]) > 1e-9 * (1 + Math.Abs(matrix[i * size + j])) || (i == j && !(rest > 0)))
                {
                    return false;
                }

                root[i * size + j] = i == j ? Math.Sqrt(rest) : rest / root[j * size + j];
            }
        }

        return true;
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"The state of the selector is not sound. {rule}");
        }
    }
}
