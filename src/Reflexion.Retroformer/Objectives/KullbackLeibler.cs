namespace Reflexion.Retroformer;

/// <summary>
/// How far a policy π is from the frozen reference, measured on its own samples, and what keeps it near: k1 inside the reward, or k3 in the loss (Schulman 2020,
/// "Approximating KL divergence").
/// </summary>
/// <remarks>
/// They do not end at the same policy. With k1 in the reward the expected gradient is that of KL(π‖reference) of the whole response, and the best policy is
/// reference·exp(r/β), normalised. <see cref="WeightedK3"/> has the gradient of each token's divergence with what came before it held fixed, which is the same for responses of one
/// token only: an early token does not answer for the divergence of later ones. With <see cref="K3"/> it is that of KL(reference‖π), because what was sampled is held fixed (Tang and Munos
/// 2025), and the best policy is reference·β/(λ − r), with the λ that normalises it: close to the former where rewards are small beside β.
/// </remarks>
public static class KullbackLeibler
{
    /// <summary>k1 of a response: Σ ln π(y_t) − ln π_ref(y_t), in nats. Unbiased; below zero for some samples.</summary>
    /// <param name="logProbs">ln π of each token.</param>
    /// <param name="reference">ln π_ref of each.</param>
    /// <exception cref="ArgumentException">A number is not finite or above 0, or lengths differ.</exception>
    public static double K1(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> reference)
    {
        ObjectiveArguments.Paired(logProbs, reference);
        double total = 0;
        for (int t = 0; t < logProbs.Length; t++)
        {
            total += (double)logProbs[t] - reference[t];
        }

        return total;
    }

    /// <summary>k1 in the reward of a whole response: R − β Σ ln π/π_ref (Ziegler et al. 2019, equation 2; Yao et al. 2023, section 4.3).</summary>
    /// <param name="reward">R.</param>
    /// <param name="logProbs">ln π of each token when it was sampled.</param>
    /// <param name="reference">ln π_ref of each.</param>
    /// <param name="coefficient">β, at least 0.</param>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static double PenalizedReward(double reward, ReadOnlySpan<float> logProbs, ReadOnlySpan<float> reference, double coefficient)
    {
        ObjectiveArguments.Finite(reward);
        ObjectiveArguments.Coefficient(coefficient);
        return reward - (coefficient * K1(logProbs, reference));
    }

    /// <summary>k1 in the reward, token by token, for values and GAE: r_t = −β ln π/π_ref, and R besides with the last token (Ouyang et al. 2022, equation 2).</summary>
    /// <param name="reward">R.</param>
    /// <param name="logProbs">ln π of each token when it was sampled; at least one.</param>
    /// <param name="reference">ln π_ref of each.</param>
    /// <param name="coefficient">β, at least 0.</param>
    /// <param name="rewards">Receives r_t.</param>
    /// <exception cref="ArgumentException">There is no token, a number is not finite or out of range, or lengths differ.</exception>
    public static void TokenRewards(double reward, ReadOnlySpan<float> logProbs, ReadOnlySpan<float> reference, double coefficient, Span<double> rewards)
    {
        ObjectiveArguments.Finite(reward);
        ObjectiveArguments.Paired(logProbs, reference);
        ObjectiveArguments.Coefficient(coefficient);
        ObjectiveArguments.SameLength(logProbs.Length, rewards.Length, nameof(rewards));
        if (logProbs.IsEmpty)
        {
            throw new ArgumentException("A response needs a token that the reward can come with.", nameof(logProbs));
        }

        for (int t = 0; t < logProbs.Length; t++)
        {
            rewards[t] = -coefficient * ((double)logProbs[t] - reference[t]);
        }

        rewards[^1] += reward;
    }

    /// <summary>k3 in the loss: β Σ (e^d − d − 1) with d = ln π_ref/π (Shao et al. 2024, equation 4). Never below zero, of small variance.</summary>
    /// <param name="logProbs">ln π of each token.</param>
    /// <param name="reference">ln π_ref of each.</param>
    /// <param name="coefficient">β, at least 0; at 0 the divergence is only measured.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <returns>Its <see cref="LossTerm.Mean"/> estimates KL(π‖π_ref) of a token in nats.</returns>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static LossTerm K3(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> reference, double coefficient, double scale, Span<float> gradients)
    {
        Check(logProbs, reference, coefficient, scale, gradients);
        double total = 0;
        for (int t = 0; t < logProbs.Length; t++)
        {
            double ahead = LogRatio.Of(reference[t], logProbs[t]);
            total += LogRatio.K3(ahead);
            gradients[t] += (float)(coefficient * scale * (1 - Math.Exp(ahead)));
        }

        return new(coefficient * scale * total, total, logProbs.Length);
    }

    /// <summary>
    /// k3 in the loss, each token weighted by ρ = π/π_sampled: β Σ ρ (e^d − d − 1). Its derivative is β ρ ln π/π_ref, which in expectation is the gradient of
    /// each token's KL(π‖π_ref) with the tokens before it held fixed, also for stale samples.
    /// </summary>
    /// <param name="logProbs">ln π of each token.</param>
    /// <param name="sampled">ln π_sampled of each, when it was sampled.</param>
    /// <param name="reference">ln π_ref of each.</param>
    /// <param name="coefficient">β, at least 0; at 0 the divergence is only measured.</param>
    /// <param name="scale">What the sum is multiplied with, above 0: 1 over the batch's response tokens for their mean.</param>
    /// <param name="gradients">The loss's derivative is added to it.</param>
    /// <returns>Its <see cref="LossTerm.Mean"/> estimates KL(π‖π_ref) of a token in nats.</returns>
    /// <exception cref="ArgumentException">A number is not finite or out of range, or lengths differ.</exception>
    public static LossTerm WeightedK3(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> sampled, ReadOnlySpan<float> reference, double coefficient, double scale, Span<float> gradients)
    {
        Check(logProbs, reference, coefficient, scale, gradients);
        ObjectiveArguments.Paired(logProbs, sampled);
        double total = 0;
        for (int t = 0; t < logProbs.Length; t++)
        {
            double ahead = LogRatio.Of(reference[t], logProbs[t]);
            double ratio = Math.Exp(LogRatio.Of(logProbs[t], sampled[t]));
            total += ratio * LogRatio.K3(ahead);
            gradients[t] -= (float)(coefficient * scale * ratio * ahead);
        }

        return new(coefficient * scale * total, total, logProbs.Length);
    }

    private static void Check(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> reference, double coefficient, double scale, ReadOnlySpan<float> gradients)
    {
        ObjectiveArguments.Paired(logProbs, reference);
        ObjectiveArguments.Coefficient(coefficient);
        ObjectiveArguments.Positive(scale);
        ObjectiveArguments.SameLength(logProbs.Length, gradients.Length, nameof(gradients));
    }
}
