namespace Reflexion.Retroformer;

/// <summary>What a policy would have earned, measured on decisions that another policy made.</summary>
/// <param name="Ips">By inverse propensities, Σwr/n: unbiased, with a wide interval where the policies differ.</param>
/// <param name="Snips">The same, self-normalised, Σwr/Σw (Swaminathan and Joachims 2015): a little biased in small logs, narrower.</param>
/// <param name="DoublyRobust">Predicted rewards corrected by weighted residuals (Dudík, Langford and Li 2011): unbiased, the narrowest where predictions are of use.</param>
/// <param name="EffectiveSampleShare">The effective sample size (Σw)²/(nΣw²) as a share of the log, in (0,1]; below 0.1 no interval should be relied on.</param>
/// <param name="MaxWeight">The largest weight w = π(a|s)/μ(a|s).</param>
public sealed record OffPolicyEstimate(
    IntervalEstimate Ips, IntervalEstimate Snips, IntervalEstimate DoublyRobust, double EffectiveSampleShare, double MaxWeight);
