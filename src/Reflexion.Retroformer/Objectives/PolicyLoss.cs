namespace Reflexion.Retroformer;

/// <summary>
/// Losses of a policy over the response tokens of one sequence. Each adds its derivative with respect to every log-probability to a span of gradients, so that
/// terms of one loss and parts of one batch sum up.
/// </summary>
/// <remarks>
/// Log-probabilities are of the very tokens that were sampled, under the distribution they were sampled from (temperature included), in nats. <c>scale</c> is 1
/// over the response tokens of the whole batch, so that every token counts the same. Ratios beyond e^±40 count as that. Sums are in double precision.
/// </remarks>
/// <example>
/// <code>
/// GroupStatistics group = Advantages.LeaveOneOut(rewards, advantages);
/// PolicyLossReport report = default;
/// trainer.Accumulate(batch, pass =>
/// {
///     for (int i = 0; i &lt; pass.Batch.Sequences.Length; i++)
///     {
///         int sample = pass.Batch.Places[i];
///         report += PolicyLoss.PolicyGradient(
///             pass.LogProbs(i), sampledLogProbs[sample], advantages[sample], 1.0 / batch.ResponseTokenCount, pass.LogProbGradients(i));
///     }
/// });
/// </code>
/// </example>
public static class PolicyLoss
{
    /// <summary>The ε of <see cref="Clipped(ReadOnlySpan{float}, ReadOnlySpan{float}, double, double, Span{float}, double)"/>: 0.2.</summary>
    public const double DefaultClip = 0.2;

    /// <summary>The most that a sample of another policy weighs: 2.</summary>
    public const double DefaultMaxWeight = 2;

    /// <summary>
    /// SFT: −Σ ln π(y_t), the negative log-likelihood. Retroformer takes samples of positive rating only (Yao et al. 2023, section 4.3); leave the others out
    /// of the batch.
    /// </summary>
    /// <param name="logProbs">ln π of each response token.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <returns>Its <see cref="LossTerm.Mean"/> is the negative log-likelihood of a token in nats.</returns>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static LossTerm Likelihood(ReadOnlySpan<float> logProbs, double scale, Span<float> gradients)
    {
        ObjectiveArguments.LogProbs(logProbs);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(logProbs.Length, gradients.Length, nameof(gradients));
        double total = 0;
        for (int t = 0; t < logProbs.Length; t++)
        {
            total -= logProbs[t];
            gradients[t] -= (float)scale;
        }

        return new(total * scale, total, logProbs.Length);
    }

    /// <summary>
    /// The policy gradient −Σ w_t A ln π(y_t), with weight and advantage held fixed (Williams 1992, REINFORCE): the loss of RLOO and A2C. The weight is 1, or
    /// min(π/π_sampled, most) of a token or of the response where the sample is of another policy.
    /// </summary>
    /// <param name="logProbs">ln π of each response token, now.</param>
    /// <param name="sampled">ln π_sampled of each, when it was sampled.</param>
    /// <param name="advantage">A of the response.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <param name="weighting">How a stale sample is weighted.</param>
    /// <param name="maxWeight">The most that it weighs, above 0; infinity for no limit.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static PolicyLossReport PolicyGradient(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, double advantage, double scale, Span<float> gradients,
        ImportanceWeighting weighting = ImportanceWeighting.None, double maxWeight = DefaultMaxWeight) =>
        Weighted(logProbs, sampled, new TokenAdvantages(advantage), scale, gradients, weighting, maxWeight);

    /// <summary>The policy gradient with an advantage for each token, as values give them: −Σ w_t A_t ln π(y_t).</summary>
    /// <param name="logProbs">ln π of each response token, now.</param>
    /// <param name="sampled">ln π_sampled of each, when it was sampled.</param>
    /// <param name="advantages">A_t of each token.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <param name="weighting">How a stale sample is weighted.</param>
    /// <param name="maxWeight">The most that it weighs, above 0; infinity for no limit.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static PolicyLossReport PolicyGradient(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, ReadOnlySpan<double> advantages, double scale, Span<float> gradients,
        ImportanceWeighting weighting = ImportanceWeighting.None, double maxWeight = DefaultMaxWeight) =>
        Weighted(logProbs, sampled, new TokenAdvantages(advantages, logProbs.Length), scale, gradients, weighting, maxWeight);

    /// <summary>PPO and GRPO: −Σ min(ρ_t A, clip(ρ_t, 1 − ε, 1 + ε) A) with ρ = π/π_sampled (Schulman et al. 2017, equation 7; Shao et al. 2024, equation 3).</summary>
    /// <param name="logProbs">ln π of each response token, now.</param>
    /// <param name="sampled">ln π_sampled of each, when it was sampled.</param>
    /// <param name="advantage">A of the response.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <param name="clip">ε, in (0, 1).</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static PolicyLossReport Clipped(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, double advantage, double scale, Span<float> gradients, double clip = DefaultClip) =>
        Clipped(logProbs, sampled, new TokenAdvantages(advantage), scale, gradients, clip);

    /// <summary>PPO with an advantage for each token, as GAE gives them: −Σ min(ρ_t A_t, clip(ρ_t, 1 − ε, 1 + ε) A_t).</summary>
    /// <param name="logProbs">ln π of each response token, now.</param>
    /// <param name="sampled">ln π_sampled of each, when it was sampled.</param>
    /// <param name="advantages">A_t of each token.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <param name="clip">ε, in (0, 1).</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static PolicyLossReport Clipped(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, ReadOnlySpan<double> advantages, double scale, Span<float> gradients, double clip = DefaultClip) =>
        Clipped(logProbs, sampled, new TokenAdvantages(advantages, logProbs.Length), scale, gradients, clip);

    /// <summary>The entropy bonus: −c Σ H_t, which keeps the policy from settling early (Williams and Peng 1991; Mnih et al. 2016, section 4).</summary>
    /// <param name="entropies">H of the distribution that each response token was drawn from, in nats.</param>
    /// <param name="coefficient">c, at least 0; at 0 the entropy is only measured.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative with respect to each entropy is added to it.</param>
    /// <returns>Its <see cref="LossTerm.Mean"/> is the entropy of a token in nats.</returns>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static LossTerm EntropyBonus(ReadOnlySpan<float> entropies, double coefficient, double scale, Span<float> gradients)
    {
        ObjectiveArguments.Finite(entropies);
        ObjectiveArguments.Coefficient(coefficient);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(entropies.Length, gradients.Length, nameof(gradients));
        double total = 0;
        for (int t = 0; t < entropies.Length; t++)
        {
            total += entropies[t];
            gradients[t] -= (float)(coefficient * scale);
        }

        return new(-coefficient * scale * total, total, entropies.Length);
    }

    private static PolicyLossReport Weighted(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, TokenAdvantages advantages, double scale, Span<float> gradients,
        ImportanceWeighting weighting, double maxWeight)
    {
        Check(logProbs, sampled, scale, gradients);
        ObjectiveArguments.Require(Enum.IsDefined(weighting), (int)weighting, "one of the ways to weight", nameof(weighting));
        ObjectiveArguments.Require(maxWeight > 0, maxWeight, "above 0", nameof(maxWeight));
        double whole = weighting == ImportanceWeighting.Sequence ? SequenceLogRatio(logProbs, sampled) : 0;
        PolicyLossReport report = default;
        for (int t = 0; t < logProbs.Length; t++)
        {
            double logRatio = LogRatio.Of(logProbs[t], sampled[t]);
            double exact = Math.Exp(weighting == ImportanceWeighting.Token ? logRatio : whole);
            double weight = weighting == ImportanceWeighting.None ? 1 : Math.Min(exact, maxWeight);
            double slope = -weight * advantages[t] * scale;
            gradients[t] += (float)slope;
            report += PolicyLossReport.OfToken(slope * logProbs[t], logRatio, weight, weight < exact);
        }

        return report;
    }

    private static PolicyLossReport Clipped(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, TokenAdvantages advantages, double scale, Span<float> gradients, double clip)
    {
        Check(logProbs, sampled, scale, gradients);
        ObjectiveArguments.Require(clip is > 0 and < 1, clip, "in (0, 1)", nameof(clip));
        PolicyLossReport report = default;
        for (int t = 0; t < logProbs.Length; t++)
        {
            double logRatio = LogRatio.Of(logProbs[t], sampled[t]);
            double ratio = Math.Exp(logRatio);
            double plain = ratio * advantages[t];
            double clipped = Math.Clamp(ratio, 1 - clip, 1 + clip) * advantages[t];
            double weight = clipped < plain ? 0 : ratio;
            gradients[t] -= (float)(weight * advantages[t] * scale);
            report += PolicyLossReport.OfToken(-Math.Min(plain, clipped) * scale, logRatio, weight, clipped < plain);
        }

        return report;
    }

    private static double SequenceLogRatio(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled) =>
        Math.Clamp(KullbackLeibler.K1(logProbs, sampled), -LogRatio.Most, LogRatio.Most);

    private static void Check(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, double scale, ReadOnlySpan<float> gradients)
    {
        ObjectiveArguments.Paired(logProbs, sampled);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(logProbs.Length, gradients.Length, nameof(gradients));
    }
}
