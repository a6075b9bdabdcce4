namespace Reflexion.Retroformer;

/// <summary>What teaches a value head the returns to expect. Each adds its derivative with respect to every value to a span of gradients.</summary>
public static class ValueLoss
{
    /// <summary>c Σ ½ (V_t − R_t)².</summary>
    /// <param name="values">V before each response token, now.</param>
    /// <param name="returns">R_t, as <see cref="Advantages.Generalized"/> gives them.</param>
    /// <param name="coefficient">c, at least 0; at 0 the error is only measured.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static ValueLossReport Squared(ReadOnlySpan<float> values, ReadOnlySpan<double> returns, double coefficient, double scale, Span<float> gradients)
    {
        Check(values, returns, coefficient, scale, gradients);
        ValueLossReport report = default;
        for (int t = 0; t < values.Length; t++)
        {
            double error = values[t] - returns[t];
            gradients[t] += (float)(coefficient * scale * error);
            report += ValueLossReport.OfToken(0.5 * coefficient * scale * error * error, error, returns[t], false);
        }

        return report;
    }

    /// <summary>
    /// c Σ ½ max((V_t − R_t)², (clip(V_t, V_old − ε, V_old + ε) − R_t)²): values that have moved by ε towards the return move no further (Engstrom et al. 2020,
    /// section 3).
    /// </summary>
    /// <param name="values">V before each response token, now.</param>
    /// <param name="sampled">V_old, when the token was sampled.</param>
    /// <param name="returns">R_t, as <see cref="Advantages.Generalized"/> gives them.</param>
    /// <param name="coefficient">c, at least 0; at 0 the error is only measured.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <param name="clip">ε, a finite number above 0, in units of the return.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static ValueLossReport Clipped(
        ReadOnlySpan<float> values, ReadOnlySpan<float> sampled, ReadOnlySpan<double> returns, double coefficient, double scale, Span<float> gradients,
        double clip = PolicyLoss.DefaultClip)
    {
        Check(values, returns, coefficient, scale, gradients);
        ObjectiveArguments.Finite(sampled);
        ObjectiveArguments.SameLength(values.Length, sampled.Length, nameof(sampled));
        ObjectiveArguments.Positive(clip);
        ValueLossReport report = default;
        for (int t = 0; t < values.Length; t++)
        {
            double error = values[t] - returns[t];
            double near = Math.Clamp(values[t], sampled[t] - clip, sampled[t] + clip) - returns[t];
            bool isClipped = near * near > error * error;
            double counted = isClipped ? near : error;
            gradients[t] += isClipped ? 0 : (float)(coefficient * scale * error);
            report += ValueLossReport.OfToken(0.5 * coefficient * scale * counted * counted, error, returns[t], isClipped);
        }

        return report;
    }

    private static void Check(ReadOnlySpan<float> values, ReadOnlySpan<double> returns, double coefficient, double scale, ReadOnlySpan<float> gradients)
    {
        ObjectiveArguments.Finite(values);
        ObjectiveArguments.Finite(returns);
        ObjectiveArguments.Coefficient(coefficient);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(values.Length, returns.Length, nameof(returns));
        ObjectiveArguments.SameLength(values.Length, gradients.Length, nameof(gradients));
    }
}
